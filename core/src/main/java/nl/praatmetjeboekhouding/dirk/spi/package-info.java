/** What providers implement and what they are given. JDK only. */
package nl.praatmetjeboekhouding.dirk.spi;
