using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Leagues;
using Gamification.Programmes.Documents;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;
using Gamification.Rules.Streaks;

namespace Gamification.Programmes;

/// <summary>
/// The programmes of this deployment as this node knows them: for each an immutable version of its documents, replaced as a whole. Without a clock
/// it shows what the files state, for good. With one a <see cref="ProgrammeWatch"/> keeps it up to date, and nothing is decided by a version that
/// was not confirmed in time.
/// </summary>
/// <param name="programmes">What their files state. Which programmes there are never changes while a process runs.</param>
/// <param name="goods">The catalogues of those whose files name one, by programme.</param>
/// <param name="others">The parts that settings do not hold, by programme.</param>
/// <param name="time">By which a version counts as confirmed or not; null for never asking.</param>
public sealed class ProgrammeCatalog(
    IEnumerable<ProgrammeSettings> programmes, IReadOnlyDictionary<string, Catalogue>? goods = null, IReadOnlyDictionary<string, ImmutableArray<PartText>>? others = null, TimeProvider? time = null)
{
    private readonly FrozenDictionary<string, Shown> _byId = programmes.ToFrozenDictionary(
        programme => programme.Id,
        programme => new Shown(programme, goods?.GetValueOrDefault(programme.Id) ?? Catalogue.Empty, others?.GetValueOrDefault(programme.Id) is { IsDefault: false } parts ? parts : [], time));

    public IEnumerable<ProgrammeSettings> All => _byId.Values.Select(programme => programme.Current.Settings);

    public ProgrammeSettings? Find(string id) => _byId.TryGetValue(id, out var programme) ? programme.Current.Settings : null;

    /// <summary>The settings in force, for actors: their key names a programme that the edge has already checked. A few seconds old at most.</summary>
    public ProgrammeSettings Of(string id) => Known(id).Current.Settings;

    /// <summary>By what the programme's members earn now. A few seconds old at most.</summary>
    public Scheme SchemeOf(string id) => Known(id).Current.Scheme;

    /// <summary>The rewards in force now, the same object for as long as they are the same version; null when no document states any. A few seconds old at most.</summary>
    public RewardCatalogue? RewardsOf(string id) => Known(id).Current.Rewards;

    /// <summary>The version of the impact factors in force now, the same object for as long as it is; null when no document states any. A few seconds old at most.</summary>
    public Edition? ImpactOf(string id) => Known(id).Current.Impact;

    /// <summary>The leagues that begin seasons now. A few seconds old at most.</summary>
    public LeagueList LeaguesOf(string id) => Known(id).Current.Leagues;

    /// <summary>The ids of all leagues that were ever stated: one that is no longer ends with the season it is in.</summary>
    public IEnumerable<string> LeagueIdsOf(string id) => Known(id).Now.Documents.Editions
        .Where(edition => edition is { Part: ProgrammePart.Leagues, Text: not null })
        .SelectMany(edition => PartReading.LeaguesOf(edition.Text!.Value).Leagues)
        .Select(league => league.Id)
        .Distinct();

    /// <summary>A version of a part that was ever published; null for none.</summary>
    public Edition? EditionOf(string id, ProgrammePart part, int number) =>
        Known(id).Now.Documents.Editions.FirstOrDefault(edition => edition.Part == part && edition.Number == number);

    /// <summary>
    /// What an event of this instant is decided by.
    /// Throws <see cref="ProgrammeNotCurrentException"/> when this node may not have the newest version: then nothing may be decided.
    /// </summary>
    public ProgrammeStretch At(string id, DateTimeOffset occurredAt) => Known(id).Confirmed(id).At(occurredAt);

    /// <summary>The incidents that this node knows of, a few seconds old at most: whoever hears of one late bridges late.</summary>
    public IncidentList IncidentsOf(string id) => Known(id).Incidents;

    /// <summary>The version of the programme's documents that this node decides by; 0 for what a file states.</summary>
    public long VersionOf(string id) => Known(id).Now.Version;

    /// <summary>What the programme's file states, part by part.</summary>
    public ImmutableArray<PartText> Stated(string id) => Known(id).Stated;

    /// <summary>The version that the journal had at <paramref name="askedAt"/>, null for the same as before, and what of it holds now.</summary>
    internal void Show(string id, ProgrammeInForce? version, long askedAt, DateTimeOffset now) => Known(id).Show(version, askedAt, now);

    /// <summary>More incidents than before; fewer are an older reading.</summary>
    internal void Show(string id, IncidentList incidents) => Known(id).Show(incidents);

    private Shown Known(string id) => _byId.TryGetValue(id, out var programme) ? programme : throw new KeyNotFoundException($"There is no programme '{id}' in this deployment.");

    private sealed class Shown(ProgrammeSettings stated, Catalogue goods, ImmutableArray<PartText> others, TimeProvider? time)
    {
        private volatile ProgrammeInForce _now = ProgrammeInForce.AsStated(stated, goods);
        private volatile ProgrammeStretch? _current;
        private volatile IncidentList _incidents = IncidentList.Empty;
        private long _confirmedAt = long.MinValue;

        public IncidentList Incidents => _incidents;

        public ProgrammeInForce Now => _now;

        public ProgrammeStretch Current => _current ??= _now.At(DateTimeOffset.MinValue);

        public ImmutableArray<PartText> Stated =>
        [
            new(ProgrammePart.Settings, SettingsText.Of(stated)),
            new(ProgrammePart.Ledger, PartReading.Of(stated.Ledger)),
            .. stated.Earning is { } earning ? ImmutableArray.Create(new PartText(ProgrammePart.Earning, PartReading.Of(earning))) : [],
            .. stated.Recognition is { } recognition ? ImmutableArray.Create(new PartText(ProgrammePart.Recognition, PartReading.Of(recognition))) : [],
            .. others,
            .. goods.Count > 0 ? ImmutableArray.Create(new PartText(ProgrammePart.Catalogue, GoodsText.Of(goods))) : [],
        ];

        public ProgrammeInForce Confirmed(string id)
        {
            if (time is null) return _now;
            var confirmedAt = Volatile.Read(ref _confirmedAt);
            return confirmedAt != long.MinValue && time.GetElapsedTime(confirmedAt) <= ProgrammeWatch.TrustFor
                ? _now
                : throw new ProgrammeNotCurrentException($"This node has not been able to read the documents of programme '{id}' for {ProgrammeWatch.TrustFor.TotalSeconds} s.");
        }

        public void Show(IncidentList incidents)
        {
            for (var known = _incidents; incidents.Last > known.Last && Interlocked.CompareExchange(ref _incidents, incidents, known) != known;) known = _incidents;
        }

        public void Show(ProgrammeInForce? version, long askedAt, DateTimeOffset now)
        {
            version ??= _now;
            _current = version.At(now);
            _now = version;
            Volatile.Write(ref _confirmedAt, askedAt);
        }
    }
}
