package nl.praatmetjeboekhouding.dirk.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Capabilities;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingJournal;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** What a journal can do wrong, and the rules that say so. */
enum JournalFlaw {
  STAMPS_NOTHING("J1") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
          return unstamped(super.append(stream, sequence, held, record));
        }

        @Override
        public List<Entry> read(String stream, long from) {
          return super.read(stream, from).stream().map(JournalFlaw::unstamped).toList();
        }

        @Override
        public List<Entry> heads(String kind) {
          return super.heads(kind).stream().map(JournalFlaw::unstamped).toList();
        }
      };
    }
  },
  TAKES_ANY_NUMBER("J2 J6") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public synchronized Entry append(
            String stream, long sequence, List<Lease> held, JournalRecord record) {
          long next = stream.contains(":") ? read(stream, 1).size() + 1L : sequence;
          return super.append(stream, next, held, record);
        }
      };
    }
  },
  READS_FROM_THE_START("J3 J20") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public List<Entry> read(String stream, long from) {
          return super.read(stream, Math.min(from, 1));
        }
      };
    }
  },
  SORTS_STREAMS_BY_NAME("J4") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public List<Entry> heads(String kind) {
          return super.heads(kind).stream().sorted(Comparator.comparing(Entry::stream)).toList();
        }
      };
    }
  },
  KEEPS_NUMBERS_AS_DOUBLES("J5") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
          try {
            return super.append(
                stream,
                sequence,
                held,
                new JournalRecord(
                    record.type(),
                    record.version(),
                    new ObjectMapper().readTree(record.data().toString())));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };
    }
  },
  FORGETS_WHAT_IT_SAYS_IS_DURABLE("J5 J7") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Capabilities capabilities() {
          return new Capabilities(true, false, false, "memory");
        }
      };
    }
  },
  DOES_NOT_TELL_WHO_HOLDS("J8") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Lease acquire(String resource, String holder, String reason, Duration ttl) {
          try {
            return super.acquire(resource, holder, reason, ttl);
          } catch (JournalException e) {
            throw new JournalException(e.kind(), "busy");
          }
        }
      };
    }
  },
  GIVES_THE_SAME_HOLDER_THE_OLD_EPOCH("J9") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public synchronized Lease acquire(
            String resource, String holder, String reason, Duration ttl) {
          if (ttl.isNegative() || ttl.isZero()) {
            return super.acquire(resource, holder, reason, ttl);
          }
          Optional<Lease> mine = holder(resource).filter(lease -> lease.holder().equals(holder));
          return mine.isPresent()
              ? renew(mine.get(), ttl)
              : super.acquire(resource, holder, reason, ttl);
        }
      };
    }
  },
  SHOWS_A_HOLDER_WHOSE_TIME_IS_OVER("J10") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        private final Map<String, Lease> last = new HashMap<>();

        @Override
        public synchronized Lease acquire(
            String resource, String holder, String reason, Duration ttl) {
          Lease lease = super.acquire(resource, holder, reason, ttl);
          last.put(resource, lease);
          return lease;
        }

        @Override
        public synchronized void release(Lease lease) {
          super.release(lease);
          last.remove(lease.resource());
        }

        @Override
        public synchronized Optional<Lease> holder(String resource) {
          return super.holder(resource).or(() -> Optional.ofNullable(last.get(resource)));
        }
      };
    }
  },
  COUNTS_A_RENEWED_LEASE_AS_NEW("J11 J15") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Lease renew(Lease lease, Duration ttl) {
          Lease renewed = super.renew(lease, ttl);
          return new Lease(
              renewed.resource(),
              renewed.epoch() + 1,
              renewed.holder(),
              renewed.reason(),
              renewed.since(),
              renewed.until());
        }
      };
    }
  },
  RENEWS_NOTHING_THAT_RAN_OUT("J12 J24") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Lease renew(Lease lease, Duration ttl) {
          if (!lease.until().isAfter(time.instant())) {
            throw new JournalException(JournalException.Kind.STALE_EPOCH, "it ran out");
          }
          return super.renew(lease, ttl);
        }
      };
    }
  },
  FREES_NOTHING("J13") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public void release(Lease lease) {
          Optional<Lease> unused = super.holder(lease.resource());
        }
      };
    }
  },
  FREES_WHAT_OTHERS_HOLD("J13 J23") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public void release(Lease lease) {
          super.holder(lease.resource()).ifPresent(super::release);
        }
      };
    }
  },
  LOOKS_AT_THE_FIRST_LEASE_ONLY("J14") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
          return super.append(stream, sequence, held.subList(0, Math.min(1, held.size())), record);
        }
      };
    }
  },
  FORGETS_THAT_A_LEASE_WAS_RENEWED("J15 J23") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        private final Map<String, Lease> first = new HashMap<>();

        @Override
        public synchronized Lease acquire(
            String resource, String holder, String reason, Duration ttl) {
          Lease lease = super.acquire(resource, holder, reason, ttl);
          first.put(resource, lease);
          return lease;
        }

        @Override
        public synchronized Optional<Lease> holder(String resource) {
          return super.holder(resource).map(lease -> first.getOrDefault(resource, lease));
        }
      };
    }
  },
  KEEPS_NOTHING_TWICE("J16") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Digest keep(InputStream content) {
          Digest digest = super.keep(content);
          return digest.equals(Digest.of("a worker")) && !kept.add(digest)
              ? super.keep(new ByteArrayInputStream(new byte[] {1}))
              : digest;
        }

        private final Set<Digest> kept = new java.util.HashSet<>();
      };
    }
  },
  TELLS_EACH_THING_ONCE("J25") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public List<Digest> keepAll(List<? extends ContentFile.Content> contents) {
          return super.keepAll(contents).stream().distinct().toList();
        }
      };
    }
  },
  KEEPS_WHAT_IT_COULD_READ("J17") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Digest keep(InputStream content) {
          try {
            return super.keep(content);
          } catch (JournalException e) {
            if (e.kind() == JournalException.Kind.CLOSED) {
              throw e;
            }
            return super.keep(InputStream.nullInputStream());
          }
        }
      };
    }
  },
  SWALLOWS_AN_INTERRUPT("J18") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Digest keep(InputStream content) {
          boolean unused = Thread.interrupted();
          return super.keep(content);
        }
      };
    }
  },
  LOSES_WHAT_AN_INTERRUPTED_THREAD_WRITES("J18 J19") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
          if (Thread.currentThread().isInterrupted()) {
            throw new JournalException(JournalException.Kind.STORAGE, "the channel was closed");
          }
          return super.append(stream, sequence, held, record);
        }
      };
    }
  },
  SERVES_ONE_THREAD_ONLY("J6 J19 J20") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        private final Thread owner = Thread.currentThread();

        @Override
        public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
          if (Thread.currentThread() != owner) {
            throw new IllegalStateException("busy");
          }
          return super.append(stream, sequence, held, record);
        }
      };
    }
  },
  WORKS_ON_WHEN_CLOSED("J21") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public void close() {
          Capabilities unused = capabilities();
        }
      };
    }
  },
  PREEMPTS_WITHOUT_A_NEW_EPOCH("J23 J24") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Lease preempt(String resource, String holder, String reason, Duration ttl) {
          return holder(resource)
              .map(lease -> renew(lease, ttl))
              .orElseGet(() -> super.preempt(resource, holder, reason, ttl));
        }
      };
    }
  },
  PREEMPTS_ONLY_WHAT_NOBODY_HOLDS("J23 J24") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Lease preempt(String resource, String holder, String reason, Duration ttl) {
          return acquire(resource, holder, reason, ttl);
        }
      };
    }
  },
  DOES_NOT_TELL_WHO_TOOK_IT("J24") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
          try {
            return super.append(stream, sequence, held, record);
          } catch (JournalException e) {
            throw new JournalException(e.kind(), "stale");
          }
        }
      };
    }
  },
  PREEMPTS_FOR_NO_TIME("J22") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Lease preempt(String resource, String holder, String reason, Duration ttl) {
          return super.preempt(resource, holder, reason, ttl.isZero() ? Duration.ofNanos(1) : ttl);
        }
      };
    }
  },
  TAKES_LEASES_OF_NO_TIME("J22") {
    @Override
    Journal journal(MemoryJournal memory, TimeSource time) {
      return new ForwardingJournal(memory) {
        @Override
        public Lease acquire(String resource, String holder, String reason, Duration ttl) {
          return super.acquire(resource, holder, reason, ttl.isZero() ? Duration.ofNanos(1) : ttl);
        }
      };
    }
  };

  private final String rules;

  JournalFlaw(String rules) {
    this.rules = rules;
  }

  /** The rules that it breaks. */
  Set<String> rules() {
    return Set.of(rules.split(" ", -1));
  }

  /** A journal with the flaw. */
  abstract Journal journal(MemoryJournal memory, TimeSource time);

  private static Entry unstamped(Entry entry) {
    return new Entry(entry.stream(), entry.sequence(), Instant.EPOCH, entry.record());
  }
}
