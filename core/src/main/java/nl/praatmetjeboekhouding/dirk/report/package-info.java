/** Reports for machines and for people: the output protocol, and progress in a terminal. */
package nl.praatmetjeboekhouding.dirk.report;
