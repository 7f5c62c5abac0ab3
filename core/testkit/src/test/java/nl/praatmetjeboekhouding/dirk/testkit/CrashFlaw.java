package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;

/** What a deployer can do wrong that only the death of a process brings to light. */
enum CrashFlaw {
  REMEMBERS_UPLOADS_IN_ITS_PROCESS("C1 C2 C3 C5 C6 C7", "has 2 versions of the key") {
    @Override
    Deployer deployer(InMemoryDeployer vendor) {
      return new ForwardingDeployer(vendor) {
        private final Set<StepKey> sent = new HashSet<>();

        @Override
        public Version upload(UploadRequest request, CallContext call) {
          boolean unused = sent.add(request.key());
          return super.upload(request, call);
        }

        @Override
        public Sighting<Version> findUpload(FindRequest request, CallContext call) {
          return sent.contains(request.key())
              ? super.findUpload(request, call)
              : new Sighting.Absent<>();
        }
      };
    }
  },
  SENDS_UPLOADS_WITHOUT_THEIR_KEY("C1 C2 C3 C5 C6 C7", "the versions of") {
    @Override
    Deployer deployer(InMemoryDeployer vendor) {
      return new ForwardingDeployer(vendor) {
        @Override
        public Version upload(UploadRequest request, CallContext call) {
          StepKey other = new StepKey(request.key().run() + "-2", request.key().step());
          return super.upload(
              new UploadRequest(request.prepared(), request.artifact(), other), call);
        }
      };
    }
  },
  SAYS_THAT_ACTIVATIONS_ARE_ABSENT("C1 C2 C3 C4 C5 C6 C7", "deployments of the key") {
    @Override
    Deployer deployer(InMemoryDeployer vendor) {
      return new ForwardingDeployer(vendor) {
        @Override
        public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
          return new Sighting.Absent<>();
        }
      };
    }
  },
  TAKES_THE_NEWEST_VERSION_FOR_OURS("C2 C3 C5 C6 C7", "which no gate had passed") {
    @Override
    Deployer deployer(InMemoryDeployer vendor) {
      return new ForwardingDeployer(vendor) {
        @Override
        public Sighting<Version> findUpload(FindRequest request, CallContext call) {
          return vendor.versions(request.target()).stream()
              .findFirst()
              .<Sighting<Version>>map(Sighting.Done::new)
              .orElseGet(Sighting.Absent::new);
        }
      };
    }
  },
  TAKES_WHAT_IS_ACTIVE_FOR_OURS("C2 C3 C4 C5 C6 C7", "what serves") {
    @Override
    Deployer deployer(InMemoryDeployer vendor) {
      return new ForwardingDeployer(vendor) {
        @Override
        public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
          return active(request.target(), call)
              .<Sighting<Deployment>>map(Sighting.Done::new)
              .orElseGet(Sighting.Absent::new);
        }
      };
    }
  },
  CANNOT_TELL_AFTER_A_RESTART("C1 C2 C3 C4 C5 C6 C7", "HELD instead of") {
    @Override
    Deployer deployer(InMemoryDeployer vendor) {
      return new ForwardingDeployer(vendor) {
        private Optional<StepKey> sent = Optional.empty();

        @Override
        public Deployment activate(ActivateRequest request, CallContext call) {
          sent = Optional.of(request.key());
          return super.activate(request, call);
        }

        @Override
        public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
          if (!sent.equals(Optional.of(request.key()))) {
            throw ProviderException.of(FailureKind.NOT_FOUND, "this session knows no such request");
          }
          return super.findActivation(request, call);
        }
      };
    }
  };

  private final String rules;
  private final String said;

  /**
   * @param rules the rules that fail
   * @param said what each of them says of it, among other things
   */
  CrashFlaw(String rules, String said) {
    this.rules = rules;
    this.said = said;
  }

  Set<String> rules() {
    return Set.of(rules.split(" ", -1));
  }

  String said() {
    return said;
  }

  /** A deployer as a new process makes it. */
  abstract Deployer deployer(InMemoryDeployer vendor);
}
