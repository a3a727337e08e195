Feature: Refusals
  What a cloud does not accept it refuses with a code, a sentence and what to do, and stores nothing of it.

  Background:
    Given the platform "lab" with a worker
    And the user "Ada" with a job token
    And "Ada" may use "lab"

  Scenario Outline: A job with <fault> is refused
    When "Ada" tries to submit a job to "lab" with <fault>
    Then it is refused as "<code>"
    And the refusal says what to do
    And the worker of "lab" finds nothing to fetch

    Examples:
      | fault                                 | code                    |
      | a circuit that cannot be read         | invalid_payload         |
      | an input that is no state             | invalid_payload         |
      | an input with a mode too many         | invalid_payload         |
      | no circuit at all                     | invalid_payload         |
      | a command that the platform lacks     | command_not_available   |
      | a name with a line break              | invalid_request         |
      | a negative duration                   | invalid_request         |
      | a formula that would run on a worker  | invalid_payload         |

  @core
  Scenario: A refusal names the part of the payload
    When "Ada" tries to submit a job to "lab" with an input that is no state
    Then the refusal names the place in the payload

  Scenario: A refusal carries a request id
    When "Ada" tries to submit a job to a platform that does not exist
    Then the refusal has a request id

  Scenario: A cloud that is not there is told from one that refuses
    When somebody tries to ask a cloud that is not there
    Then it is refused as "unreachable"
    And the refusal says what to do

  Scenario: An operation that does not exist is refused
    When somebody tries to ask for an operation that does not exist
    Then it is refused as "route_not_found"
