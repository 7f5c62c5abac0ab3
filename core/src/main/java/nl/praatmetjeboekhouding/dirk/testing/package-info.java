/** Fakes for tests of tools and providers: no JUnit, no mocking, nothing that waits. */
package nl.praatmetjeboekhouding.dirk.testing;
