package nl.praatmetjeboekhouding.dirk.spi;

/** Makes the {@link Deployer} of one service. */
public interface DeployerProvider extends Provider<Deployer> {}
