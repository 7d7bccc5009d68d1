using System.Collections.Immutable;
using Gamification.Incidents;
using Gamification.Programmes;

namespace Gamification.Rules.Streaks;

/// <summary>A programme's incidents in the order declared: the fold of their entries, and what accounts look at.</summary>
public sealed record IncidentList(ImmutableArray<Incident> All)
{
    public const int DaysMax = 62;
    private const int Max = 1_000;
    private const int YearsBack = 1;

    public static IncidentList Empty { get; } = new([]);

    /// <summary>The number of the newest; 0 for none.</summary>
    public int Last => All.Length;

    public IncidentList Apply(Incident incident) => incident.Number == Last + 1 ? new(All.Add(incident)) : this;

    /// <summary>Those that an account with these tallies has not looked at yet and that concern it: it once bought or earned points in one of the stores.</summary>
    public IEnumerable<Incident> Concerning(Tallies tallies, int after)
    {
        for (var at = after; at < All.Length; at++)
        {
            if (All[at].IsEverywhere || tallies.Rows.Any(row => row.Day == TallyRow.AllDays && All[at].Stores.Contains(row.Store))) yield return All[at];
        }
    }

    /// <summary>
    /// The incident to make durable, null when it is known. Refused, in this order: 1 to 62 days, of the last year or the next 62 days, a scope of the programme, a
    /// reason, one more than the list holds.
    /// </summary>
    public (Incident? New, IncidentOutcome Answer) Decide(DeclareIncident stated, ProgrammeSettings settings, DateOnly today, DateTimeOffset at)
    {
        if (All.FirstOrDefault(known => known.Id == stated.Id) is { } before) return (null, IsSame(before, stated) ? new IncidentOutcome.Declared(before, Replayed: true) : new IncidentOutcome.Conflict());
        if (stated.To <= stated.From || stated.To.DayNumber - stated.From.DayNumber > DaysMax) return Refused("invalid-range", "/to", $"Give 1 to {DaysMax} days, the last one exclusive.");
        if (stated.From < today.AddYears(-YearsBack) || stated.To.DayNumber > today.DayNumber + DaysMax) return Refused("out-of-bounds", "/from", $"Give days of the last year, or of the next {DaysMax}.");
        if (StoresOf(stated.Scope, settings) is not { } stores) return Refused("unknown-scope", "/scope", "Send programme, store:… with a store's id, or region:… with a zone of the earning document.");
        if (string.IsNullOrWhiteSpace(stated.Reason) || stated.Reason.Length > 200) return Refused("reason-missing", "/reason", "Say why, in 1 to 200 characters.");
        if (All.Length == Max) return Refused("too-many", "", $"At most {Max} incidents are kept.");
        var incident = new Incident
        {
            Number = Last + 1, Id = stated.Id, From = stated.From, To = stated.To, Scope = stated.Scope, Stores = stores, Reason = stated.Reason, By = stated.By, DeclaredAt = at,
        };
        return (incident, new IncidentOutcome.Declared(incident, Replayed: false));
    }

    /// <summary>Null for a scope that the programme does not have.</summary>
    private static ImmutableArray<string>? StoresOf(string scope, ProgrammeSettings settings) => scope.Split(':', 2) switch
    {
        ["programme"] => [],
        ["store", var store] when settings.Stores.Any(one => one.Id == store) => [store],
        ["region", var region] => settings.Earning?.Zones.FirstOrDefault(zone => zone.Id == region)?.Stores,
        _ => null,
    };

    private static bool IsSame(Incident known, DeclareIncident stated) => (known.From, known.To, known.Scope, known.Reason) == (stated.From, stated.To, stated.Scope, stated.Reason);

    private static (Incident?, IncidentOutcome) Refused(string code, string field, string remedy) => (null, new IncidentOutcome.Refused(new(code, field, remedy)));
}
