/** The platforms, played on loopback, for tests and for trying things out. */
@org.jspecify.annotations.NullMarked
module aparte.simulator {
    requires transitive org.jspecify;
    requires java.net.http;
    requires jdk.httpserver;
    requires com.squareup.moshi;
    requires okio;
    requires kotlin.stdlib; // an automatic module such as okio cannot ask for it itself

    exports aparte.simulator;
}
