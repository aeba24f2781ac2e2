package dev.runbook.etcd.bbolt;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Optional;

/** Compression formats, by the magic number of a file that is not a bbolt database. */
enum Compression {
    GZIP("gzip", "gunzip", "1f8b"),
    ZSTD("zstd", "unzstd", "28b52ffd"),
    XZ("xz", "unxz", "fd377a585a00"),
    BZIP2("bzip2", "bunzip2", "425a68"),
    LZ4("lz4", "unlz4", "04224d18"),
    ZIP("zip", "unzip", "504b0304");

    private final String format;
    private final String program;
    private final String magic;

    Compression(String format, String program, String magic) {
        this.format = format;
        this.program = program;
        this.magic = magic;
    }

    static Optional<BadSnapshot.Compressed> of(MemorySegment file) {
        for (Compression candidate : values()) {
            byte[] magic = HexFormat.of().parseHex(candidate.magic);
            if (file.byteSize() >= magic.length
                    && file.asSlice(0, magic.length).mismatch(MemorySegment.ofArray(magic)) < 0) {
                return Optional.of(new BadSnapshot.Compressed(candidate.format, candidate.program));
            }
        }
        return Optional.empty();
    }
}
