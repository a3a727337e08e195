@simulator
Feature: The simulator
  Jobs on the simulator give what the physics says.

  Background:
    Given the user "Ada" with a job token
    And "Ada" may use the simulator

  @core
  Scenario: A job with nothing set completes, with the right physics
    When "Ada" submits a job with nothing set
    And "Ada" waits for it
    Then the probability of |2,0> is 0.5
    And the probability of |0,2> is 0.5
    And the probability of |1,1> is 0

  Scenario: One photon on a balanced beam splitter takes either way
    When "Ada" sends |1,0> through a beam splitter
    Then the probability of |1,0> is 0.5
    And the probability of |0,1> is 0.5

  Scenario: Two photons that differ do not leave together more often than by chance
    When "Ada" sends |1,1> through a beam splitter, from a source of indistinguishability 0
    Then the probability of |1,1> is 0.5
    And the probability of |2,0> is 0.25

  Scenario: A Mach-Zehnder interferometer with a phase of pi sends the photon to one side
    When "Ada" sends |1,0> through a Mach-Zehnder interferometer of phase 3.141592653589793
    Then the probability of |1,0> is 1

  Scenario: Samples are as many as were asked for
    When "Ada" takes 1000 samples of |1,1> through a beam splitter
    Then there are 1000 samples, each |2,0> or |0,2>

  Scenario: The same seed gives the same samples
    When "Ada" takes 100 samples of |1,0> through a beam splitter with the seed 7
    And "Ada" takes 100 samples of |1,0> through a beam splitter with the seed 7
    Then both times the samples are the same

  Scenario: Post-selection keeps what fulfils it
    When "Ada" sends |1,1,0> through two beam splitters, keeping one photon in the first mode
    Then every state of the result has one photon in the first mode

  Scenario: An experiment is run for each value of a parameter
    When "Ada" sends |1,0> through a Mach-Zehnder interferometer of the phases "0, 3.141592653589793"
    Then the probabilities of |1,0> are "0, 1"
