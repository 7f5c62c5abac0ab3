/** Cloudflare's Workers and Pages: plain clients, wrangler's commands, and deployers. */
package nl.praatmetjeboekhouding.dirk.cloudflare;
