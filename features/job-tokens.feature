Feature: Job tokens
  Programs submit jobs with a job token. Its owner makes it, and can take it back at any time.

  Background:
    Given the user "Ada" who has logged in

  Scenario: A user makes a job token
    When "Ada" makes a job token
    Then the job token of "Ada" has an id, a secret and the owner "Ada"

  Scenario: A job token lives as long as was asked
    When "Ada" makes a job token for 3600 seconds
    Then the job token of "Ada" expires within 3600 seconds

  Scenario: A job token that was given nothing lives for 99999 seconds
    When "Ada" makes a job token
    Then the job token of "Ada" expires within 99999 seconds

  Scenario: A job token that has expired is refused
    Given the platform "lab" with a worker
    And "Ada" may use "lab"
    When "Ada" makes a job token for 1 second
    And that second has passed
    And "Ada" tries to submit a job to "lab"
    Then it is refused as "not_authenticated"

  Scenario: A label names one token only
    When "Ada" makes a job token with the label "notebook"
    And "Ada" tries to make a job token with the label "notebook"
    Then it is refused as "label_taken"

  Scenario: Two users can have tokens of one label
    Given the user "Grace" who has logged in
    When "Ada" makes a job token with the label "notebook"
    And "Grace" makes a job token with the label "notebook"
    Then the job token of "Grace" has an id, a secret and the owner "Grace"

  Scenario: The secret is shown once
    When "Ada" makes a job token
    Then the secret is in no answer when "Ada" reads the job token

  Scenario: A user reads the label and duration of a job token
    When "Ada" makes a job token with the label "notebook"
    Then the job token of "Ada" is read back with the label "notebook"

  @core
  Scenario: A deleted job token stops at once
    Given the platform "lab" with a worker
    And "Ada" may use "lab"
    And "Ada" has a job token
    When "Ada" deletes the job token
    And "Ada" tries to submit a job to "lab" with the deleted token
    Then it is refused as "not_authenticated"

  Scenario: A job token makes no tokens
    Given "Ada" has a job token
    When "Ada" tries to make a job token with nothing but the job token
    Then it is refused

  Scenario: A user who has not logged in makes no job token
    Given the user "Grace"
    When "Grace" tries to make a job token
    Then the objects refuse it before anything is asked

  Scenario: A job token that was not created cannot be deleted
    When "Ada" tries to delete a job token that was never created
    Then the objects refuse it before anything is asked

  Scenario: A user does not list everybody's job tokens
    When "Ada" tries to list all job tokens
    Then the objects refuse it before anything is asked

  Scenario: An administrator lists everybody's job tokens, without their secrets
    Given "Ada" has a job token
    Then the job token of "Ada" is in the list of all job tokens, without its secret

  Scenario: A job token ends with its owner
    Given the platform "lab" with a worker
    And "Ada" may use "lab"
    And "Ada" has a job token
    When the administrator deletes the user "Ada"
    And "Ada" tries to submit a job to "lab"
    Then it is refused as "not_authenticated"
