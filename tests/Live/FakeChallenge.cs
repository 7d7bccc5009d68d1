using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Live;

/// <summary>One challenge with one run, which says what a test tells it to.</summary>
internal sealed class FakeChallenge : IChallengeGrain, IChallengeListGrain
{
    public static readonly ChallengeRunId Id = new("demo", "c", 1);

    public ChallengeView Now { get; set; } = new()
    {
        Run = Id, Phase = ChallengePhase.Live, Challenge = Contests.Of(new CountGoal(Contests.On(EarningEvent.Visit), 3)), IsPaused = false, Participants = 2, Total = 7, Milestones = [], Received = 0,
    };

    public MemberProgress? Progress { get; set; } = new(1, 3, false, true) { Left = new("Plus que 2.", "Nog 2.", "2 to go.") };

    /// <summary>The instants, by the edge's clock, at which it was asked.</summary>
    public List<DateTimeOffset> AskedAt { get; } = [];

    public Task<ChallengeView> View(DateTimeOffset at)
    {
        lock (AskedAt) AskedAt.Add(at);
        return Task.FromResult(Now with { At = at });
    }

    public Task<MemberProgress?> ProgressOf(MemberId member) => Task.FromResult(Progress);

    public Task<int?> Newest(string challenge) => Task.FromResult(challenge == Id.Challenge ? Id.Run : (int?)null);

    public Task<ImmutableArray<DocumentError>> Draft(Challenge challenge, string by, DateTimeOffset at) => throw new NotSupportedException();

    public Task<ImmutableArray<DocumentError>> Schedule(string by, DateTimeOffset at) => throw new NotSupportedException();

    public Task<ImmutableArray<DocumentError>> Change(Challenge challenge, Wording? reason, string by, DateTimeOffset at) => throw new NotSupportedException();

    public Task<ImmutableArray<DocumentError>> Pause(string by, DateTimeOffset at) => throw new NotSupportedException();

    public Task<ImmutableArray<DocumentError>> Resume(bool extends, string by, DateTimeOffset at) => throw new NotSupportedException();

    public Task<ImmutableArray<DocumentError>> End(Wording reason, string by, DateTimeOffset at) => throw new NotSupportedException();

    public Task<ImmutableArray<DocumentError>> Cancel(Wording reason, string by, DateTimeOffset at) => throw new NotSupportedException();

    public Task<ImmutableArray<DocumentError>> Adjust(Guid slot, string reason, string by, DateTimeOffset at) => throw new NotSupportedException();

    public Task Due() => throw new NotSupportedException();

    public Task<ChallengePage?> Top(int offset, int limit) => throw new NotSupportedException();

    public Task<string?> Document() => throw new NotSupportedException();

    public Task<string?> Certificate() => throw new NotSupportedException();

    public Task<ReadOnlyMemory<byte>?> Archive(ArchivePart part, int chunk) => throw new NotSupportedException();

    public Task Apply(ImmutableArray<ChallengeChanges> changes) => throw new NotSupportedException();

    public Task<int?> Begin(string challenge) => throw new NotSupportedException();

    public Task Close(ChallengeRunId run) => throw new NotSupportedException();

    public Task<RunListView> View() => Task.FromResult(new RunListView([Id], []));
}
