package dev.runbook.etcd.bbolt;

import java.nio.file.Path;

/**
 * A file that cannot be read as an etcd snapshot. The message is one line for the operator: which file, what is
 * wrong with it, and where.
 */
public final class BadSnapshot extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final transient Fault fault;

    public BadSnapshot(Path file, Fault fault) {
        super(file + ": " + fault.text());
        this.file = file;
        this.fault = fault;
    }

    public Path file() {
        return file;
    }

    public Fault fault() {
        return fault;
    }

    /** What is wrong with the file. */
    public sealed interface Fault {
        /** One line without the file's name. */
        String text();
    }

    /** The file does not exist, or may not be read. */
    public record Unreadable(String reason) implements Fault {
        @Override
        public String text() {
            return "cannot be read: " + reason;
        }
    }

    /** A folder, device or socket. */
    public record NotAFile(String kind) implements Fault {
        @Override
        public String text() {
            return "is a " + kind + ", not a snapshot file";
        }
    }

    public record Empty() implements Fault {
        @Override
        public String text() {
            return "is empty (0 bytes)";
        }
    }

    /**
     * The file ends before its data does.
     *
     * @param size bytes in the file
     * @param expected bytes that it should have at least
     */
    public record Truncated(long size, long expected, String evidence) implements Fault {
        @Override
        public String text() {
            long percent = expected == 0 ? 0 : size * 100 / expected;
            return "is truncated: " + size + " of at least " + expected + " bytes (" + percent + "%); " + evidence;
        }
    }

    /** All pages are there, but what follows them is not a trailer. */
    public record OddSize(long size) implements Fault {
        @Override
        public String text() {
            return "has " + size
                    + " bytes, which is neither whole pages (a copied member/snap/db) nor whole pages and a"
                    + " SHA-256 of 32 bytes (a snapshot): it was cut, or data was appended; copy the file again";
        }
    }

    /** A snapshot that was compressed, as backup scripts do. */
    public record Compressed(String format, String program) implements Fault {
        @Override
        public String text() {
            return "is compressed with " + format + "; decompress it first with " + program;
        }
    }

    /** Neither meta page has bbolt's magic number. */
    public record NotBbolt(String found) implements Fault {
        @Override
        public String text() {
            return "is not a bbolt database, so not an etcd snapshot: " + found;
        }
    }

    /** A bbolt database by its magic number, without a valid meta page. */
    public record NoValidMeta(String firstMeta, String secondMeta) implements Fault {
        @Override
        public String text() {
            return "has two damaged meta pages: " + firstMeta + "; " + secondMeta;
        }
    }

    /** A bbolt database of another program. */
    public record NotEtcd(String missingBucket) implements Fault {
        @Override
        public String text() {
            return "is a bbolt database without the bucket '" + missingBucket + "', so not an etcd snapshot";
        }
    }

    /**
     * A damaged page.
     *
     * @param page the page's number, page 0 being the first
     * @param offset bytes from the start of the file
     */
    public record Damaged(long page, long offset, String what) implements Fault {
        @Override
        public String text() {
            return "is damaged at page " + page + " (byte " + offset + "): " + what;
        }
    }

    /**
     * A requested revision that the store does not have.
     *
     * @param compacted the compacted revision; -1 when there was no compaction
     */
    public record NoSuchRevision(long revision, long compacted, long last) implements Fault {
        @Override
        public String text() {
            return "has no revision " + revision + ": " + (compacted < 0 ? "" : "compacted at " + compacted + ", ")
                    + "the last revision is " + last;
        }
    }

    /** The file shrank or its disk failed while it was read. */
    public record ChangedWhileRead(String reason) implements Fault {
        @Override
        public String text() {
            return "changed, or its disk failed, while it was read: " + reason;
        }
    }
}
