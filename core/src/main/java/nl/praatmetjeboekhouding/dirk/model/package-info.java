/** Values that everyone shares: targets, releases, versions, deployments, readings. JDK only. */
package nl.praatmetjeboekhouding.dirk.model;
