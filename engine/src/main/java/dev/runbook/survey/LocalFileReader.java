package dev.runbook.survey;

import dev.runbook.step.LocalFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads size and hash of files on this machine, each once, in constant memory. */
public final class LocalFileReader implements LocalFiles {
    private final Map<Path, Optional<LocalFile>> files = new ConcurrentHashMap<>();

    @Override
    public Optional<LocalFile> read(Path path) {
        return files.computeIfAbsent(path, LocalFileReader::digest);
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<LocalFile> digest(Path path) {
        try (InputStream in = Files.newInputStream(path);
                var out =
                        new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            long size = in.transferTo(out);
            return Optional.of(new LocalFile(
                    size, HexFormat.of().formatHex(out.getMessageDigest().digest())));
        } catch (IOException e) {
            // Missing and unreadable files give the same result, because the step's problem names the path.
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
