package nl.praatmetjeboekhouding.dirk;

/** The runbooks of one service. */
record Equipped(DeployRunbook deploy, RollbackRunbook rollback) {}
