using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Rules.Leagues;
using Gamification.Vault;
using NodaTime;

namespace Gamification.Leagues;

/// <summary>
/// One league. Who takes part and what was done is read from the journal; that a season began, who sits where, and what it came to are facts of its own. Each step is durable
/// before the next and comes to the same when it is done again, so that whatever ends on the way, the next to be asked goes on.
/// </summary>
[Reentrant]
internal sealed class LeagueGrain(
    IJournal journal, IJournalStorage entries, DeedPages deeds, IChallengeStorage storage, ProgrammeCatalog programmes, BusinessClock clock, JournalSnapshotOptions snapshots,
    MemberWishes? wishes = null, IVault? vault = null) : Grain, ILeagueGrain
{
    private const int ShownSettled = 20;

    private readonly LeaguePlay _play = new();
    private (string Programme, string League) _id;
    private readonly StepQueue _steps = new();
    private SharedAppends<League, LeagueEntry> _record = null!;
    private LeagueTracking _tracking = null!;
    private LeagueArchive _archive = null!;
    private Dictionary<Guid, LeagueLine> _last = [];
    private Dictionary<Guid, LeagueResult> _results = [];
    private bool _isLoaded;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKeyString().Split('/') is [var programme, var league] ? (programme, league) : throw new FormatException("A league's key is programme/league.");
        _record = new(LeagueForm.ActorOf(_id.Programme, _id.League), journal, LeagueForm.Json, snapshots, letGo: DeactivateOnIdle);
        _tracking = new(_id.Programme, _id.League, storage, entries, deeds, wishes);
        _archive = new(_id.Programme, _id.League, storage);
        return _record.Load(cancellationToken);
    }

    private League League => _record.State;

    private LeagueRules? Stated => programmes.LeaguesOf(_id.Programme).Leagues.FirstOrDefault(league => league.Id == _id.League);

    private DateTimeZone Zone => DateTimeZoneProviders.Tzdb[programmes.Of(_id.Programme).TimeZone];

    private LeagueSeason? Current => League.Open is [.., var current] ? current : null;

    public Task<LeagueView?> View()
    {
        // Before it is founded nobody could join it: what is durable by then is not read.
        if (!League.IsFounded || (Current?.Rules ?? Stated) is not { } rules) return Task.FromResult<LeagueView?>(null);
        return Task.FromResult<LeagueView?>(new()
        {
            Rules = rules,
            Words = LeagueWords.Of(rules),
            Season = Current is not { } season ? null : new()
            {
                Number = season.Number, Name = season.Name, Opens = At(season.Opens), Closes = At(season.Closes), Settles = At(season.Settles),
                Draws = season.IsDrawn ? null : At(League.Open[0].Number == season.Number ? season.Opens : League.Open[0].Settles),
                Players = season.IsDrawn ? _play.Count : 0,
            },
            Settled = [.. League.Settled.Reverse().Take(ShownSettled).Select(one => new SettledSeason(one.Number, one.Name, one.Hash, one.Rows))],
        });
    }

    public async Task<LeagueStanding> Of(MemberId member)
    {
        await Loaded();
        var track = _tracking.Of(member.Value);
        var standing = new LeagueStanding { HasJoined = track.Joined, IsHidden = IsHidden(member.Value), Last = _results.GetValueOrDefault(member.Value) };
        if (Current is not { } season) return standing;
        standing = standing with { Effort = _tracking.EffortOf(member.Value, season).Effort };
        return track.Joined && season.IsDrawn && _play.SeatOf(member.Value) is { } seat ? await Standing(standing, season, seat) : standing;
    }

    public async Task<string?> Certificate(int season) => SettledOf(season) is { } settled ? await _archive.Certificate(settled) : null;

    public async Task<ReadOnlyMemory<byte>?> Standings(int season, int chunk) => SettledOf(season) is { } settled ? await _archive.Standings(settled, chunk) : null;

    private SettledLeague? SettledOf(int season) => League.Settled.FirstOrDefault(one => one.Number == season);

    public Task Due() => InTurn(async () =>
    {
        if (clock.Now(_id.Programme) is not { } now || (Stated is null && League.Open.IsEmpty)) return;
        if (!League.IsFounded) await Found(now);
        await Load();
        await _tracking.CatchUp(Counted(), FromDay(now));
        while (League.Open is [var first, ..] && Ms(now) >= first.Settles) await Settle(first, now);
        await Begin(now);
        await Seat(now);
        await _tracking.Keep(now: false);
    });

    /// <summary>Its group: whoever left, is hidden or erased is not among those that it sees.</summary>
    private async Task<LeagueStanding> Standing(LeagueStanding standing, LeagueSeason season, LeagueSeat seat)
    {
        var others = await Known([.. _play.MembersOf(seat).Where(member => member != seat.Member && _tracking.Of(member).Joined && !IsHidden(member))]);
        return new LeagueGroup(season, seat, [.. others], member => _tracking.EffortOf(member, season), SeedOf(season)).Shown(standing);
    }

    private async Task Found(DateTimeOffset now)
    {
        var from = (await entries.Heads(CancellationToken.None)).Select(head => new Rules.Challenges.Position(head.Partition, head.LastSeq)).ToImmutableArray();
        await Step(league => league.Found(from, Ms(now)));
    }

    private async Task Begin(DateTimeOffset now)
    {
        if (Stated is not { } rules) return;
        var (zone, week) = (Zone, WeekOf(now));
        if (week.From < League.Until) return;
        var (opens, closes) = (StartOf(week.From, zone), StartOf(week.To, zone));
        var season = new LeagueSeason
        {
            Number = League.Seasons + 1, Name = week.Label, From = week.From, Until = week.To, Opens = opens, Closes = closes,
            Settles = closes + (long)TimeSpan.FromHours(rules.GraceHours).TotalMilliseconds, Rules = rules,
        };
        await Step(league => league.Begin(season, Ms(now)));
    }

    /// <summary>Draws the groups of the first open season, or seats who joined since; not once it is over.</summary>
    private async Task Seat(DateTimeOffset now)
    {
        if (League.Open is not [var season, ..] || Ms(now) >= season.Closes) return;
        var coming = await Known([.. _tracking.Joined.Where(member => _play.SeatOf(member) is null)]);
        if (coming.Count == 0 && season.IsDrawn) return;
        var entrants = coming.Select(member => _last.TryGetValue(member, out var last)
            ? new LeagueEntrant(member, LeagueTable.NextDivision(season.Rules, last.Division, last.Move), last.Effort)
            : new LeagueEntrant(member, 0, 0));
        var seats = season.IsDrawn ? LateSeats.Of(season.Rules, _play.Seats, entrants, SeedOf(season)) : Grouping.Of(season.Rules, entrants, SeedOf(season));

        // One chunk however many: the draw holds as a whole or not at all.
        var hash = seats.Count == 0 ? null : await _archive.WriteSeats(season.Number, seats);
        if (await Step(league => league.Seat(season.Number, season.Seats.Length, hash, Ms(now)))) _play.Add(seats);
        else _isLoaded = false;
    }

    private async Task Settle(LeagueSeason season, DateTimeOffset now)
    {
        var seats = _play.Seats.Where(seat => _tracking.Of(seat.Member).Joined);
        var lines = LeagueStandings.Of(season, seats, member => _tracking.EffortOf(member, season), IsHidden, SeedOf(season));
        var (hash, standings) = await _archive.WriteStandings(season, lines, _tracking.Positions);
        if (!await Step(league => league.Settle(season.Number, hash, standings, lines.Count, Ms(now)))) throw new InvalidOperationException($"Season {season.Number} of league {_id.League} was settled by another activation.");
        _play.Clear();
        if (League.Open is [var next, ..]) _play.Add(await _archive.ReadSeats(next));
        Remember(season.Name, lines);
        _tracking.Forget(FromDay(now));
        await _tracking.Keep(now: true);
    }

    private async Task Loaded()
    {
        if (!_isLoaded && League.IsFounded) await InTurn(Load);
    }

    private async Task Load()
    {
        if (_isLoaded) return;
        await _tracking.Load(League.From, CancellationToken.None);
        _play.Clear();
        if (League.Open is [var season, ..]) _play.Add(await _archive.ReadSeats(season));
        if (League.Settled is [.., var settled]) Remember(settled.Name, await _archive.ReadStandings(settled));
        _isLoaded = true;
    }

    private void Remember(string season, List<LeagueLine> lines)
    {
        _last = lines.ToDictionary(line => line.Member);
        _results = LeaguePlay.Results(season, lines);
    }

    /// <summary>Whom the vault no longer knows is erased, and plays no more.</summary>
    private async Task<List<Guid>> Known(Guid[] members)
    {
        if (vault is null) return [.. members];
        var known = new List<Guid>(members.Length);
        foreach (var some in members.Chunk(1_000))
        {
            var found = await vault.FindMembers(_id.Programme, Array.ConvertAll(some, member => new MemberId(member)), CancellationToken.None);
            known.AddRange(some.Where(member => found.ContainsKey(new(member))));
        }

        return known;
    }

    /// <summary>Members who wish to appear on no board appear in no group (spec §11).</summary>
    private bool IsHidden(Guid member) => _tracking.Of(member).Hidden || _tracking.HidesEverywhere(member);

    private HashSet<EarningEvent> Counted() => [.. League.Open.Select(season => season.Rules).Append(Stated).OfType<LeagueRules>().SelectMany(rules => rules.Efforts).Select(effort => effort.On)];

    /// <summary>The first business date that an open season, or the next to begin, counts.</summary>
    private int FromDay(DateTimeOffset now) => (League.Open is [var first, ..] ? first.From : WeekOf(now).From).DayNumber;

    private BoardWindow WeekOf(DateTimeOffset now) => BoardWindow.Containing(BoardPeriod.Week, Instant.FromDateTimeOffset(now).InZone(Zone).Date.ToDateOnly());

    private string SeedOf(LeagueSeason season) => season.SeedIn(_id.Programme, _id.League);

    private Task<bool> Step(Func<League, ImmutableArray<LeagueEntry>> decide) => _record.Change(Guid.Empty, league => decide(league) is var made ? (made, !made.IsEmpty) : default);

    /// <summary>Whoever moves it on does so alone. What was in memory when a step failed is read anew.</summary>
    private Task InTurn(Func<Task> work) => _steps.Run(async () =>
    {
        try
        {
            await work();
        }
        catch
        {
            _isLoaded = false;
            throw;
        }
    });

    private static long StartOf(DateOnly date, DateTimeZone zone) => zone.AtStartOfDay(LocalDate.FromDateOnly(date)).ToInstant().ToUnixTimeMilliseconds();

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
