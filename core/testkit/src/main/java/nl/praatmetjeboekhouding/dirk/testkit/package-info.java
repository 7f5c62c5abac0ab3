/** The contracts that providers and journals keep, as JUnit tests to extend. */
package nl.praatmetjeboekhouding.dirk.testkit;
