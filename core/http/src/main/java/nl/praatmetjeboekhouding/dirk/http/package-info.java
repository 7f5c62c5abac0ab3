/** Talking to JSON APIs and looking at endpoints over HTTP. */
package nl.praatmetjeboekhouding.dirk.http;
