/** Instagram messaging: transport, webhook reader and account. */
@org.jspecify.annotations.NullMarked
module aparte.instagram {
    requires transitive aparte.channel.http;
    requires com.squareup.moshi;
    requires kotlin.stdlib;
    requires okio;

    exports aparte.instagram;
}
