package aparte.channel.http;

import okhttp3.OkHttp;

/** Keeps an older OkHttp on the host's class path from running under us unnoticed. */
final class OkHttpVersion {
    private OkHttpVersion() {}

    static void check() {
        check(OkHttp.VERSION);
    }

    static void check(String version) {
        int dot = version.indexOf('.');
        int major;
        try {
            major = Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
        } catch (NumberFormatException odd) {
            major = 0;
        }
        if (major < 5) {
            throw new IllegalStateException("OkHttp " + version + " is on the class path, but Aparté needs 5 or later:"
                    + " exclude com.squareup.okhttp3:okhttp, whose classes hide those of okhttp-jvm");
        }
    }
}
