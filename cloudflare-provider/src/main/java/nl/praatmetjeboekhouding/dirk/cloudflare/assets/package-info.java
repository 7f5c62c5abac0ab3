/** Static files of Workers and Pages: which they are, what they are called and what they hold. */
package nl.praatmetjeboekhouding.dirk.cloudflare.assets;
