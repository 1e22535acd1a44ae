package aparte.whatsapp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ServerSocketFactory;
import mockwebserver3.MockWebServer;

/**
 * A web server that answers at once. By itself it writes an answer in two packets, of which the second waits 40 ms for the first
 * to be acknowledged; tests of thousands of requests would take minutes.
 */
final class PromptServer extends ServerSocketFactory {
    private PromptServer() {}

    static MockWebServer create() {
        MockWebServer server = new MockWebServer();
        server.setServerSocketFactory(new PromptServer());
        return server;
    }

    private static ServerSocket prompt() throws IOException {
        return new ServerSocket() {
            @Override
            public Socket accept() throws IOException {
                Socket accepted = super.accept();
                accepted.setTcpNoDelay(true);
                return accepted;
            }
        };
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return prompt();
    }

    @Override
    public ServerSocket createServerSocket(int port) {
        throw new UnsupportedOperationException("the server binds by itself");
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) {
        throw new UnsupportedOperationException("the server binds by itself");
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
        throw new UnsupportedOperationException("the server binds by itself");
    }
}
