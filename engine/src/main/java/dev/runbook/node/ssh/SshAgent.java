package dev.runbook.node.ssh;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/** Asks an ssh-agent for its keys and for signatures (draft-miller-ssh-agent). */
final class SshAgent {
    private static final byte REQUEST_IDENTITIES = 11;
    private static final byte IDENTITIES_ANSWER = 12;
    private static final byte SIGN_REQUEST = 13;
    private static final byte SIGN_RESPONSE = 14;
    private static final int LONGEST_ANSWER = 1 << 20;

    private SshAgent() {}

    /** A public key, as it goes over the wire, that the agent has the private half of. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Identity(byte[] blob, String comment) {
        String type() throws Unavailable {
            try {
                return new Buffer.PlainBuffer(blob).readString();
            } catch (Buffer.BufferException e) {
                throw new Unavailable("a key of it is not understood");
            }
        }
    }

    static final class Unavailable extends Exception {
        Unavailable(String why) {
            super(why);
        }
    }

    static List<Identity> identities(Path socket) throws Unavailable {
        try {
            var answer = ask(socket, new Buffer.PlainBuffer().putByte(REQUEST_IDENTITIES), IDENTITIES_ANSWER);
            var found = new ArrayList<Identity>();
            for (var left = answer.readUInt32(); left > 0; left--) {
                found.add(new Identity(answer.readBytes(), answer.readString()));
            }
            return found;
        } catch (Buffer.BufferException e) {
            throw new Unavailable("its answer is cut short");
        }
    }

    /** @param flags 0, or which hash an RSA key shall sign with */
    static byte[] sign(Path socket, Identity identity, byte[] data, int flags) throws Unavailable {
        var request = new Buffer.PlainBuffer()
                .putByte(SIGN_REQUEST)
                .putString(identity.blob())
                .putString(data)
                .putUInt32(flags);
        try {
            return ask(socket, request, SIGN_RESPONSE).readBytes();
        } catch (Buffer.BufferException e) {
            throw new Unavailable("its answer is cut short");
        }
    }

    private static Buffer.PlainBuffer ask(Path socket, Buffer.PlainBuffer request, byte expected) throws Unavailable {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var body = request.getCompactData();
            var framed = ByteBuffer.allocate(4 + body.length)
                    .putInt(body.length)
                    .put(body)
                    .flip();
            while (framed.hasRemaining()) {
                channel.write(framed);
            }
            var in = Channels.newInputStream(channel);
            var length = ByteBuffer.wrap(in.readNBytes(4)).getInt();
            if (length < 1 || length > LONGEST_ANSWER) {
                throw new Unavailable("its answer has an odd length, " + length);
            }
            var answer = new Buffer.PlainBuffer(in.readNBytes(length));
            var kind = answer.readByte();
            if (kind != expected) {
                throw new Unavailable("it refused (it answered " + kind + ")");
            }
            return answer;
        } catch (IOException | RuntimeException e) {
            throw new Unavailable(String.valueOf(e.getMessage()));
        }
    }
}
