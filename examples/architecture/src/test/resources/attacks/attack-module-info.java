module attack {
    requires aparte.simulator;
    requires aparte.testkit;
    requires aparte.whatsapp;
    requires com.squareup.moshi;
    requires jdk.unsupported;

    exports attack;
}
