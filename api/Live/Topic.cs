using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>What goes first when a connection is behind on several topics.</summary>
internal enum Urgency
{
    Screen,
    Member,
    Board,
}

/// <summary>
/// What a client names to follow: <c>board/{scope}/{day|week|month|season|all}/{metric}</c>, <c>challenge/{id}</c>, <c>challenge/{id}/me</c>, <c>member/me</c>,
/// <c>screen/me</c>, <c>campaigns</c>, <c>challenges</c>, <c>impact</c>, <c>impact/store/{id}</c>, <c>impact/me</c>, <c>league/{id}/me</c>.
/// </summary>
internal abstract record Topic(string Text, Urgency Urgency)
{
    private const int LengthMax = 128;

    public static MemberTopic Member { get; } = new();

    public static ScreenTopic Screen { get; } = new();

    public static CampaignsTopic Campaigns { get; } = new();

    public static ChallengesTopic Challenges { get; } = new();

    /// <summary>Null for what is no topic. Two different texts are never the same topic.</summary>
    public static Topic? Parse(string? text)
    {
        if (text is null or { Length: > LengthMax }) return null;
        if (text == Member.Text) return Member;
        if (text == Screen.Text) return Screen;
        if (text == Campaigns.Text) return Campaigns;
        if (text == Challenges.Text) return Challenges;

        var parts = text.Split('/');
        if (parts is ["challenge", { Length: > 0 and <= 40 } challenge]) return new ChallengeTopic(text, challenge, IsOwn: false);
        if (parts is ["challenge", { Length: > 0 and <= 40 } joined, "me"]) return new ChallengeTopic(text, joined, IsOwn: true);
        if (parts is ["impact"] or ["impact", "me"] or ["impact", "store", { Length: > 0 and <= 16 }]) return new ImpactTopic(text, parts is [_, "store", var store] ? store : null, IsOwn: parts is [_, "me"]);
        if (parts is ["league", { Length: > 0 and <= 40 } league, "me"]) return new LeagueTopic(text, league);
        return parts.Length == 4 && parts[0] == "board"
            && BoardScope.TryParse(parts[1], out var scope)
            && BoardNames.TryPeriod(parts[2], out var period)
            && BoardMetricName.TryParse(parts[3], out var metric)
                ? new BoardTopic(text, scope, period, metric)
                : null;
    }
}

/// <summary>The board of the window that is current by the programme's business clock, whichever that is.</summary>
internal sealed record BoardTopic(string Text, BoardScope Scope, BoardPeriod Period, BoardMetricName Metric) : Topic(Text, Urgency.Board);

internal sealed record MemberTopic() : Topic("member/me", Urgency.Member);

internal sealed record ScreenTopic() : Topic("screen/me", Urgency.Screen);

/// <summary>The budgets and quotas of the programme's earning rules.</summary>
internal sealed record CampaignsTopic() : Topic("campaigns", Urgency.Board);

/// <summary>Which challenges there are, and in which phase each is.</summary>
internal sealed record ChallengesTopic() : Topic("challenges", Urgency.Board);

/// <summary>Impact counters of the community, of a store, or of the member itself.</summary>
internal sealed record ImpactTopic(string Text, string? Store, bool IsOwn) : Topic(Text, IsOwn ? Urgency.Member : Urgency.Board);

/// <summary>A member's own group in a league.</summary>
internal sealed record LeagueTopic(string Text, string League) : Topic(Text, Urgency.Member);

/// <summary>The newest run of a challenge: everybody's totals, or the member's own part.</summary>
internal sealed record ChallengeTopic(string Text, string Challenge, bool IsOwn) : Topic(Text, IsOwn ? Urgency.Member : Urgency.Board);
