module burglar {
    requires attack;
    requires aparte.consent;
}
