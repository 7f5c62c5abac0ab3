package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Reach;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingJournal;

/**
 * Something that is wrong on purpose, so that the simulation can be seen to notice.
 *
 * @param name what it is
 * @param invariant what it breaks
 * @param faults how many things have to go wrong for it to show
 * @param planted puts it in
 */
record PlantedFlaw(String name, String invariant, int faults, UnaryOperator<Simulation> planted) {

  static List<PlantedFlaw> all() {
    return List.of(
        new PlantedFlaw("a settle that does not wait", "I5", 2, deployer(Impatient::new)),
        new PlantedFlaw("a find that never finds", "I5", 1, deployer(Blind::new)),
        new PlantedFlaw("a layer that retries", "I5", 1, deployer(Retrying::new)),
        new PlantedFlaw("a journal that drops intents", "I10", 0, journal(Forgetting::intents)),
        new PlantedFlaw("a journal that drops ends", "I6", 0, journal(Forgetting::ends)),
        new PlantedFlaw("a journal that fences nobody", "I11", 1, journal(Unfenced::new)),
        new PlantedFlaw(
            "a gate that ignores who answers",
            "I4",
            1,
            simulation ->
                simulation.withDeployer(Naming::new).withProbe(Naming::claimingToBeTheNewest)),
        new PlantedFlaw("an upload that switches", "I1", 0, deployer(Switching::new)),
        new PlantedFlaw("a provider that tells a secret", "I7", 0, deployer(Telling::new)),
        new PlantedFlaw("a provider that says no to what it did", "I8", 0, deployer(Denying::new)),
        new PlantedFlaw("a provider that forgets whose it was", "I9", 0, deployer(Nameless::new)),
        new PlantedFlaw("a journal that gives a lease to two", "I2", 1, journal(Generous::new)),
        new PlantedFlaw("a journal that gives no run away", "I3", 0, journal(Jealous::new)));
  }

  Simulation in(Simulation simulation) {
    return planted.apply(simulation);
  }

  @Override
  public String toString() {
    return name;
  }

  /** A deployer that asks the vendor no more once it has switched itself. */
  static Deployer rememberingItsSwitches(Deployer deployer) {
    return new Sure(deployer);
  }

  private static UnaryOperator<Simulation> deployer(UnaryOperator<Deployer> layer) {
    return simulation -> simulation.withDeployer(layer);
  }

  private static UnaryOperator<Simulation> journal(UnaryOperator<Journal> layer) {
    return simulation -> simulation.withJournal(layer);
  }

  private static final class Impatient extends ForwardingDeployer {

    Impatient(Deployer deployer) {
      super(deployer);
    }

    @Override
    public Guarantees guarantees() {
      return super.guarantees().settlingWithin(Duration.ZERO);
    }
  }

  private static final class Blind extends ForwardingDeployer {

    Blind(Deployer deployer) {
      super(deployer);
    }

    @Override
    public Sighting<Version> findUpload(FindRequest request, CallContext call) {
      return new Sighting.Absent<>();
    }

    @Override
    public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
      return new Sighting.Absent<>();
    }
  }

  private static final class Retrying extends ForwardingDeployer {

    Retrying(Deployer deployer) {
      super(deployer);
    }

    @Override
    public Version upload(UploadRequest request, CallContext call) {
      try {
        return super.upload(request, call);
      } catch (ProviderException e) {
        return super.upload(request, call);
      }
    }
  }

  private static final class Switching extends ForwardingDeployer implements Reach {

    private final Reach reach;

    Switching(Deployer deployer) {
      super(deployer);
      reach = (Reach) deployer;
    }

    @Override
    public Optional<Endpoint> reach(Version version, Endpoint endpoint) {
      return reach.reach(version, endpoint);
    }

    @Override
    public Version upload(UploadRequest request, CallContext call) {
      Version version = super.upload(request, call);
      if (request.prepared().activation() == Activation.WITH_UPLOAD) {
        return version;
      }
      Deployment unused =
          activate(
              new ActivateRequest(
                  version.target(),
                  Split.all(version.id()),
                  new ExpectedBase.Anything(),
                  request.key(),
                  "at once"),
              call);
      return version;
    }
  }

  private static final class Denying extends ForwardingDeployer {

    Denying(Deployer deployer) {
      super(deployer);
    }

    @Override
    public Deployment activate(ActivateRequest request, CallContext call) {
      Deployment deployment = super.activate(request, call);
      throw ProviderException.of(
          FailureKind.INVALID, "there is no such thing as " + deployment.id());
    }
  }

  private static final class Telling extends ForwardingDeployer {

    Telling(Deployer deployer) {
      super(deployer);
    }

    @Override
    public Prepared prepare(PrepareRequest request, CallContext call) {
      Prepared prepared = super.prepare(request, call);
      return prepared.withChanges(List.of("sets " + prepared.settings()));
    }
  }

  private static final class Sure extends ForwardingDeployer {

    private final Map<Target, Deployment> mine = new HashMap<>();

    Sure(Deployer deployer) {
      super(deployer);
    }

    @Override
    public Deployment activate(ActivateRequest request, CallContext call) {
      Deployment deployment = super.activate(request, call);
      mine.put(request.target(), deployment);
      return deployment;
    }

    @Override
    public Optional<Deployment> active(Target target, CallContext call) {
      Optional<Deployment> known = Optional.ofNullable(mine.get(target));
      return known.isPresent() ? known : super.active(target, call);
    }
  }

  private static final class Nameless extends ForwardingDeployer {

    Nameless(Deployer deployer) {
      super(deployer);
    }

    @Override
    public Optional<Deployment> active(Target target, CallContext call) {
      return super.active(target, call)
          .map(one -> Deployment.of("another " + one.id(), target, one.split()));
    }
  }

  /** A seed is played by one thread, from its begin to its end. */
  private static final class Naming extends ForwardingDeployer {

    private static final ThreadLocal<String> NEWEST = ThreadLocal.withInitial(() -> "");

    Naming(Deployer deployer) {
      super(deployer);
    }

    @Override
    public Version upload(UploadRequest request, CallContext call) {
      Version version = super.upload(request, call);
      NEWEST.set(version.id());
      return version;
    }

    static HealthProbe claimingToBeTheNewest(HealthProbe probe) {
      return (endpoint, call) -> {
        Reading reading = probe.read(endpoint, call);
        return reading.identity().isPresent() ? reading.withIdentity(NEWEST.get()) : reading;
      };
    }
  }

  /** Numbers what it keeps without gaps, so that nobody notices at once. */
  private static final class Forgetting extends ForwardingJournal {

    private final String type;

    private Forgetting(Journal journal, String type) {
      super(journal);
      this.type = type;
    }

    static Journal intents(Journal journal) {
      return new Forgetting(journal, "intent");
    }

    static Journal ends(Journal journal) {
      return new Forgetting(journal, "ended");
    }

    @Override
    public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
      if (record.type().equals(type)) {
        List<Entry> before = read(stream, 1);
        return new Entry(stream, sequence, before.get(before.size() - 1).at(), record);
      }
      return super.append(stream, read(stream, 1).size() + 1L, held, record);
    }
  }

  private static final class Jealous extends ForwardingJournal {

    Jealous(Journal journal) {
      super(journal);
    }

    @Override
    public Lease acquire(String resource, String holder, String reason, Duration ttl) {
      if (resource.startsWith("run:")) {
        throw new JournalException(JournalException.Kind.LEASED, "somebody has " + resource);
      }
      return super.acquire(resource, holder, reason, ttl);
    }
  }

  private static final class Generous extends ForwardingJournal {

    Generous(Journal journal) {
      super(journal);
    }

    @Override
    public Lease acquire(String resource, String holder, String reason, Duration ttl) {
      try {
        return super.acquire(resource, holder, reason, ttl);
      } catch (JournalException e) {
        return holder(resource).orElseThrow();
      }
    }
  }

  private static final class Unfenced extends ForwardingJournal {

    Unfenced(Journal journal) {
      super(journal);
    }

    @Override
    public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
      return super.append(stream, sequence, List.of(), record);
    }

    @Override
    public Lease renew(Lease lease, Duration ttl) {
      try {
        return super.renew(lease, ttl);
      } catch (JournalException e) {
        return lease.endingAt(lease.until().plus(ttl));
      }
    }
  }
}
