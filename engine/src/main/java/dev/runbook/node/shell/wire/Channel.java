package dev.runbook.node.shell.wire;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A program that runs at the other end of a {@link Transport}. */
public interface Channel extends AutoCloseable {
    OutputStream input();

    InputStream output();

    InputStream errors();

    /** How it ended. Waits this long for it at most; a program that has not ended by then counts as lost. */
    ProgramEnd ending(Duration patience);

    /** Closes the streams, which ends the program, too. Never waits. */
    @Override
    void close();
}
