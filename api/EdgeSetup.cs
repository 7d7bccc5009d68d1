namespace Gamification.Api;

/// <summary>
/// The HTTP edge of an engine. The host brings the grains, a <see cref="TimeProvider"/>, and <see cref="Health.IEngineHealth"/>.
/// </summary>
public static class EdgeSetup
{
    public static IServiceCollection AddEdge(this IServiceCollection services, EdgeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<EdgeSecrets>();
        services.AddSingleton<Insistence>();
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<Access>();
        services.AddSingleton<Admission>();
        services.AddSingleton<CallLimits>();
        services.AddSingleton<Door>();
        services.AddSingleton<ProgrammeDirectory>();
        services.AddSingleton<ReceivingTime>();
        services.AddSingleton<Cards>();
        services.AddSingleton<MemberNames>();
        services.AddSingleton<MemberDirectory>();
        services.AddSingleton<BoardAddress>();
        services.AddSingleton<RewardAnswers>();
        services.AddSingleton<ChallengeAddress>();
        services.AddSingleton<ReceiptRouting>();
        services.AddSingleton<ReceiptDesk>();
        services.AddSingleton<BatchStretch>();
        services.AddSingleton<EventDesk>();
        services.AddSingleton<EventStretch>();
        services.AddOpenApi("v1", OpenApiWriter.Configure);

        // The server would begin a trace and two log lines for every request, listened to or not.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None));
        return services;
    }

    public static void MapEdge(this IEndpointRouteBuilder routes)
    {
        var door = routes.ServiceProvider.GetRequiredService<Door>();
        ReceiptEndpoints.Map(routes, door);
        BatchEndpoint.Map(routes, door);
        EventEndpoints.Map(routes, door);
        MemberEndpoints.Map(routes, door);
        PrivacyEndpoints.Map(routes, door);
        BirthDateEndpoints.Map(routes, door);
        StatementEndpoints.Map(routes, door);
        StandingWhyEndpoints.Map(routes, door);
        SegmentEndpoints.Map(routes, door);
        RecognitionEndpoints.Map(routes, door);
        IncidentEndpoints.Map(routes, door);
        MergeEndpoints.Map(routes, door);
        CorrectionEndpoint.Map(routes, door);
        BoardEndpoints.Map(routes, door);
        ProgrammeEndpoints.Map(routes, door);
        CampaignEndpoints.Map(routes, door);
        PartEndpoints.Map(routes, door);
        RuleEndpoints.Map(routes, door);
        DocumentEndpoints.Map(routes, door);
        SchemaEndpoints.Map(routes, door);
        SandboxEndpoints.Map(routes, door);
        KeyEndpoints.Map(routes, door);
        TokenEndpoints.Map(routes, door);
        PairingEndpoints.Map(routes, door);
        RedemptionEndpoints.Map(routes, door);
        VoucherEndpoints.Map(routes, door);
        PerkEndpoints.Map(routes, door);
        BookingEndpoints.Map(routes, door);
        AgentEndpoints.Map(routes, door);
        ChallengeEndpoints.Map(routes, door);
        ChallengeDeskEndpoints.Map(routes, door);
        CertificateEndpoints.Map(routes, door);
        ImpactEndpoints.Map(routes, door);
        LeagueEndpoints.Map(routes, door);
        HealthEndpoints.Map(routes, door);
        ProblemEndpoints.Map(routes, door);
        routes.MapOpenApi("/openapi/{documentName}.json");
    }
}
