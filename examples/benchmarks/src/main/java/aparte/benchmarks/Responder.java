package aparte.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Answers every POST on loopback with the same acceptance, over connections that stay: the least a server can do. It runs in
 * a process of its own, so that what it costs is counted nowhere, and ends when that process's input ends.
 */
final class Responder {
    private static final byte[] ANSWER = answer();
    private static final long SECOND = 1_000_000_000L;
    private static final ConcurrentLinkedQueue<Long> ARRIVALS = new ConcurrentLinkedQueue<>();
    private static volatile int delayMillis;

    private Responder() {}

    private static byte[] answer() {
        String body = "{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"+33639980001\","
                + "\"wa_id\":\"33639980001\"}],\"messages\":[{\"id\":\"wamid.HBgLMzM2Mzk5ODAwMDEVAgARGBI5QTNDQTVC\"}]}";
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What a server saw, without its first two seconds.
     *
     * @param perSecond requests a second
     * @param mostInASecond the most requests in any second
     */
    record Seen(double perSecond, int mostInASecond) {}

    /** Starts one in a new process; destroy it at the end. */
    static Process start() throws IOException {
        return start(0);
    }

    /** Starts one that answers after so long and remembers when requests came. */
    static Process start(int delayMillis) throws IOException {
        return new ProcessBuilder(Benchmarks.java("serve", Integer.toString(delayMillis)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Reads the port that a started one prints. */
    static int port(Process started) throws IOException {
        StringBuilder port = new StringBuilder();
        InputStream out = started.getInputStream();
        for (int c = out.read(); c != '\n'; c = out.read()) {
            if (c < 0) {
                throw new IOException("the server did not start");
            }
            port.append((char) c);
        }
        return Integer.parseInt(port.toString().strip());
    }

    /** Stops a started one, and reads what it saw. */
    static Seen stop(Process started) throws IOException {
        started.getOutputStream().close();
        String[] words = new String(started.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .strip()
                .split(" ");
        return new Seen(Double.parseDouble(words[0]), Integer.parseInt(words[1]));
    }

    private static Seen seen() {
        long[] all = ARRIVALS.stream().mapToLong(Long::longValue).sorted().toArray();
        int most = 0;
        int first = 0;
        for (int last = 0; last < all.length; last++) {
            while (all[last] - all[first] >= SECOND) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        long from = all.length == 0 ? 0 : all[0] + 2 * SECOND;
        long until = all.length == 0 ? 1 : all[all.length - 1];
        double seconds = (double) (until - from) / SECOND;
        return new Seen(Arrays.stream(all).filter(at -> at > from).count() / seconds, most);
    }

    /** Serves until the input ends, each answer after so long. */
    static void serve(int delay) throws IOException {
        delayMillis = delay;
        ServerSocket server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        System.out.println(server.getLocalPort());
        Thread accepting = new Thread(() -> accept(server), "accept");
        accepting.setDaemon(true);
        accepting.start();
        while (System.in.read() >= 0) {
            // What comes does not matter, only that it ends.
        }
        server.close();
        if (delay > 0) {
            Seen seen = seen();
            System.out.println(seen.perSecond() + " " + seen.mostInASecond());
        }
    }

    private static void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> answer(socket), "answer");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException closed) {
            // The benchmark is over.
        }
    }

    private static void answer(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16_384);
            OutputStream out = socket.getOutputStream();
            byte[] line = new byte[8_192];
            while (true) {
                int length = 0;
                int end = readLine(in, line);
                while (end > 0) {
                    length = Math.max(length, contentLength(line, end));
                    end = readLine(in, line);
                }
                if (end < 0) {
                    return;
                }
                in.skipNBytes(length);
                if (delayMillis > 0) {
                    ARRIVALS.add(System.nanoTime());
                    Thread.sleep(delayMillis);
                }
                out.write(ANSWER);
            }
        } catch (IOException gone) {
            // The client left.
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads a line without its end; -1 at the end of the stream. */
    private static int readLine(InputStream in, byte[] line) throws IOException {
        int length = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return -1;
            }
            if (c != '\r') {
                line[length++] = (byte) c;
            }
        }
        return length;
    }

    private static int contentLength(byte[] line, int end) {
        String header = new String(line, 0, end, StandardCharsets.US_ASCII);
        return header.regionMatches(true, 0, "Content-Length:", 0, 15)
                ? Integer.parseInt(header.substring(15).strip())
                : 0;
    }
}
