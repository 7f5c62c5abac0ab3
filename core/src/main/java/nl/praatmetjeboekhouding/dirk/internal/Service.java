package nl.praatmetjeboekhouding.dirk.internal;

import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.spi.AlertSource;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.UptimeSource;

/**
 * What a runbook works with.
 *
 * @param alerts who says what is wrong while a release soaks, if anybody does
 * @param uptime who knows how long it was down, if anybody does
 * @param gates what lets a deploy through to production
 */
public record Service(
    String name,
    Deployer deployer,
    HealthProbe probe,
    Optional<AlertSource> alerts,
    Optional<UptimeSource> uptime,
    GatesPolicy gates,
    Optional<Stage> staging,
    Stage production,
    List<String> notes) {}
