Feature: Users
  An administrator decides who has an account. Nobody else sees accounts, and the administrators' own accounts are not
  made or removed like others.

  @core
  Scenario: An administrator creates a user
    When the administrator creates the user "Ada"
    Then the user "Ada" has an id
    And the user "Ada" is in the list of all users

  Scenario: Data that is generated is good enough for an account
    Given the data of "Ada" are generated
    Then the email of "Ada" is made of the first and last names
    And the password of "Ada" has at least 15 characters, of every kind
    When the administrator creates the user "Ada"
    Then "Ada" can log in

  Scenario: Nothing is asked of a new user but what is said
    When the administrator creates the user "Ada"
    And the administrator reads the user "Ada"
    Then the user "Ada" is no administrator
    And the user "Ada" has priority 2
    And the user "Ada" has no platforms

  Scenario: An administrator changes a user's names
    Given the user "Ada"
    When the administrator changes the last name of "Ada" to "King"
    Then "Ada" is read back with the last name "King"

  Scenario: An administrator changes a user's priority
    Given the user "Ada"
    When the administrator changes the priority of "Ada" to 4
    Then "Ada" is read back with the priority 4

  Scenario: Two accounts cannot have one email
    Given the user "Ada"
    When the administrator tries to create another user with the email of "Ada"
    Then it is refused as "email_taken"

  Scenario: Emails that differ in capitals only are the same
    Given the user "Ada"
    When the administrator tries to create another user with the email of "Ada" in capitals
    Then it is refused as "email_taken"

  Scenario: A password that is too short is refused
    When the administrator tries to create the user "Ada" with the password "short"
    Then it is refused
    And the refusal says what to do

  Scenario: An email that is none is refused
    When the administrator tries to create the user "Ada" with the email "not an email"
    Then it is refused as "invalid_request"

  Scenario: A user reads their own account
    Given the user "Ada" who has logged in
    When "Ada" reads their own account
    Then the answer is about "Ada"

  Scenario: A user cannot create users
    Given the user "Ada" who has logged in
    When "Ada" tries to create the user "Grace"
    Then it is refused as "not_allowed"

  Scenario: A user cannot read another's account
    Given the user "Ada" who has logged in
    And the user "Grace"
    When "Ada" tries to read the user "Grace"
    Then it is refused

  Scenario: A user cannot change another's account
    Given the user "Ada" who has logged in
    And the user "Grace"
    When "Ada" tries to change the last name of "Grace" to "Hopper"
    Then it is refused
    And "Grace" is read back with the last name she was made with

  Scenario: A user cannot list the accounts
    Given the user "Ada" who has logged in
    When "Ada" tries to list all users
    Then the objects refuse it before anything is asked

  Scenario: An administrator is not made through the operations for users
    When the administrator tries to create the administrator "Ada"
    Then the objects refuse it before anything is asked

  Scenario: An administrator is not deleted through the operations for users
    When the administrator tries to delete their own account
    Then the objects refuse it before anything is asked

  Scenario: A user who was not created cannot be read, changed or deleted
    Given the data of "Ada" are generated
    When the administrator tries to read the user "Ada"
    Then the objects refuse it before anything is asked
    When the administrator tries to delete the user "Ada"
    Then the objects refuse it before anything is asked

  Scenario: A deleted user is gone
    Given the user "Ada" who has logged in
    When the administrator deletes the user "Ada"
    Then the user "Ada" is not in the list of all users
    And "Ada" can no longer do anything with the login token

  Scenario: The email of a deleted user is free again
    Given the user "Ada"
    When the administrator deletes the user "Ada"
    Then the administrator can create another user with the email of "Ada"
