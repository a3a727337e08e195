Feature: Logging in
  A person logs in with an email and a password, and gets a login token.

  Scenario: A right password gives a login token
    Given the user "Ada"
    When "Ada" logs in
    Then "Ada" has a login token

  @core
  Scenario: A wrong password gives none
    Given the user "Ada"
    When "Ada" tries to log in with a wrong password
    Then it is refused with status 401

  Scenario: An unknown email is refused in the same words as a wrong password
    Given the user "Ada"
    When "Ada" tries to log in with a wrong password
    And somebody unknown tries to log in
    Then both refusals are the same

  Scenario: Somebody who was never created cannot log in
    Given the data of "Ada" are generated
    When "Ada" tries to log in
    Then the objects refuse it before anything is asked

  Scenario: Each login gives another token
    Given the user "Ada" who has logged in
    When "Ada" logs in again
    Then both login tokens of "Ada" are different, and both work

  Scenario: Without a token nothing is told
    When somebody with no token tries to read the platform "sim:qa"
    Then it is refused as "not_authenticated"

  Scenario: A token that is made up is refused
    When somebody with a made-up token tries to read the platform "sim:qa"
    Then it is refused as "not_authenticated"

  Scenario: A token of a kind that does not exist is not implemented
    Given the user "Ada" who has logged in
    When a token of an unknown kind is asked of "Ada"
    Then it is not implemented
