/** A story of four people, to run. */
@org.jspecify.annotations.NullMarked
module aparte.example.quickstart {
    requires aparte.messenger;
    requires aparte.simulator;
    requires aparte.testkit;
    requires aparte.viber;
    requires aparte.whatsapp;
    requires jdk.httpserver;
}
