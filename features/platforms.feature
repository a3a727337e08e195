Feature: Platforms
  A platform is what jobs are sent to. Administrators register platforms, and say who may use them.

  Scenario: An administrator registers a platform
    When the administrator registers the platform "lab"
    Then the platform "lab" has an id
    And the platform "lab" is in the list of all platforms

  Scenario: A platform says what it can do
    When the administrator registers the platform "lab"
    Then the platform "lab" is read back with the command "probs"

  Scenario: A platform is registered again by the same name
    Given the platform "lab"
    When the administrator registers the platform "lab" again
    Then it is the same platform "lab"

  Scenario: An administrator changes what a platform can do
    Given the platform "lab"
    When the administrator adds the command "sample_count" to the platform "lab"
    Then the platform "lab" is read back with the command "sample_count"

  Scenario: A platform cannot offer what does not exist
    Given the platform "lab"
    When the administrator tries to add the command "teleport" to the platform "lab"
    Then it is refused
    And the refusal says what to do

  @core
  Scenario: A deleted platform is gone
    Given the platform "lab"
    When the administrator deletes the platform "lab"
    Then the platform "lab" is not in the list of all platforms

  Scenario: A platform needs an administrator to speak for it
    Given nobody speaks for platforms
    When somebody tries to make a platform
    Then the objects refuse it before anything is asked

  Scenario: A user cannot speak for platforms
    Given the user "Ada" who has logged in
    And "Ada" speaks for platforms
    When somebody tries to make a platform
    Then the objects refuse it before anything is asked

  Scenario: Each platform object has a worker of its own
    Then two new platforms have different workers
