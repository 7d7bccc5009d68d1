using System.Collections.Immutable;
using Gamification.Leagues;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Statements;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Live;

/// <summary>One league, in which a member stands where a test puts it.</summary>
internal sealed class FakeLeague : ILeagueGrain, ILeaguesGrain
{
    private readonly LeagueRules _rules = new() { Id = "friends", Name = Contests.Named("Friends"), Divisions = [Contests.Named("Bronze")], Efforts = [new(EarningEvent.Post, 1)] };

    public LeagueStanding Standing { get; set; } = new() { HasJoined = true, Division = 0, GroupSize = 2, Effort = 3, Rows = [new(FakeBoard.Member(2), 1, 9, true, false), new(FakeBoard.Member(1), null, 3, false, true)], ToBeShown = 7 };

    public Task<ImmutableArray<string>> Ids() => Task.FromResult<ImmutableArray<string>>(["friends"]);

    public Task<LeagueView?> View() => Task.FromResult<LeagueView?>(new() { Rules = _rules, Words = new Sentence("r", "r", "r") });

    public Task<LeagueStanding> Of(MemberId member) => Task.FromResult(Standing);

    public Task Due() => throw new NotSupportedException();

    public Task<string?> Certificate(int season) => throw new NotSupportedException();

    public Task<ReadOnlyMemory<byte>?> Standings(int season, int chunk) => throw new NotSupportedException();
}
