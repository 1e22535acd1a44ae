package aparte.viber.planted;

import aparte.messenger.planted.Page;
import aparte.testkit.MutableClock;
import okhttp3.OkHttpClient;

/** Breaks arrows on purpose: a channel knows another one, the kit, and OkHttp. */
final class Neighbour {
    private Neighbour() {}

    static String ask(MutableClock clock, OkHttpClient client) {
        return Page.name() + clock + client;
    }
}
