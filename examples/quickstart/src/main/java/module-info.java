/** A story of three people, to run. */
@org.jspecify.annotations.NullMarked
module aparte.example.quickstart {
    requires aparte.simulator;
    requires aparte.testkit;
    requires aparte.whatsapp;
    requires jdk.httpserver;
}
