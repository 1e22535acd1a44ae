/** What channels share: the strict HTTP client, bounded retry, Graph errors, signatures. */
@org.jspecify.annotations.NullMarked
module aparte.channel.http {
    requires transitive aparte.consent;
    requires transitive jdk.httpserver;
    requires com.squareup.moshi;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires kotlin.stdlib;
    requires okhttp3;
    requires okio;

    exports aparte.channel.http;
}
