package nl.praatmetjeboekhouding.dirk.internal;

import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.spi.AlertSource;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;

/**
 * What a runbook works with.
 *
 * @param alerts who says what is wrong while a release soaks, if anybody does
 */
public record Service(
    String name,
    Deployer deployer,
    HealthProbe probe,
    Optional<AlertSource> alerts,
    Optional<Stage> staging,
    Stage production,
    List<String> notes) {}
