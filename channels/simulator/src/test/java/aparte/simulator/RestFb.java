package aparte.simulator;

import com.restfb.DefaultFacebookClient;
import com.restfb.FacebookEndpoints;
import com.restfb.Version;

/** The client {@code com.restfb:restfb}, unchanged: its own endpoints name the simulator's address. */
final class RestFb {
    private RestFb() {}

    static DefaultFacebookClient at(Simulator simulator) {
        MessengerSettings settings = simulator.messenger().settings();
        DefaultFacebookClient client =
                new DefaultFacebookClient(settings.accessToken(), settings.appSecret(), Version.LATEST);
        client.setFacebookEndpointUrls(new FacebookEndpoints() {
            @Override
            public String getGraphEndpoint() {
                return simulator.baseUri().toString();
            }
        });
        return client;
    }
}
