namespace Gamification.Live;

/// <summary>Bounds of live delivery. The defaults suit one process with some ten thousand viewers.</summary>
internal sealed record LiveOptions
{
    public int ConnectionsMax { get; init; } = 60_000;

    public int TopicsPerConnectionMax { get; init; } = 16;

    /// <summary>A client sends nothing longer than a topic's name.</summary>
    public int ClientMessageBytesMax { get; init; } = 4 * 1024;

    /// <summary>What is buffered for a connection that does not read, before its pump has to wait.</summary>
    public int UnreadBytesMax { get; init; } = 32 * 1024;

    /// <summary>Calls a client may make at once, and how many of those come back each second.</summary>
    public int CallsAtOnceMax { get; init; } = 64;

    public int CallsPerSecondMax { get; init; } = 16;

    public int RowsMax { get; init; } = 50;

    /// <summary>Past views of a board from which a delta can be told; whoever is further behind gets a snapshot.</summary>
    public int PastViews { get; init; } = 16;

    /// <summary>The least time between two updates of a topic: ten a second.</summary>
    public TimeSpan Pace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A watch lasts two minutes unless repeated.</summary>
    public TimeSpan WatchEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A silent grain may have been activated anew, and then it knows no observers.</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>While notices do not come, a topic is asked for after this much and up to as much again, so that not all are asked for at once.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Draws how much again. Hosts that differ in it do not ask in step.</summary>
    public int JitterSeed { get; init; }

    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a topic is kept warm after its last viewer left: a page reload should not cost a snapshot from the board.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Others overtake a member without its doing, so its rank is asked for again.</summary>
    public TimeSpan RankEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A challenge is asked for its totals this often while somebody follows it, and which of its runs is the newest that often.</summary>
    public TimeSpan ChallengeEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often the list of challenges is looked at while somebody follows it.</summary>
    public TimeSpan ChallengesEvery { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan CampaignsEvery { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan NewestRunEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Impact moves by the second, not by the receipt.</summary>
    public TimeSpan ImpactEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A group is thirty people, each of whom asks.</summary>
    public TimeSpan LeagueEvery { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A connection that cannot take one message in this time is dropped; its client comes back when it can.</summary>
    public TimeSpan WriteTimeMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between last words and the end of a connection whose client does not close it.</summary>
    public TimeSpan CloseGrace { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan ScreenCheckEvery { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan ViewerCheckEvery { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan KeepAliveEvery { get; init; } = TimeSpan.FromSeconds(15);
}
