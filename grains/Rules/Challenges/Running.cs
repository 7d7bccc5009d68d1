using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Ruling = Gamification.Rules.Rewards.Decision<Gamification.Rules.Challenges.RunEntry, System.Collections.Immutable.ImmutableArray<Gamification.Programmes.Earning.DocumentError>>;

namespace Gamification.Rules.Challenges;

/// <summary>
/// What may be done with a run, and when (spec F4, F5, §10). Each answers the facts to make durable and no errors, or errors and no facts; what has
/// been done already answers neither. Instants are Unix milliseconds.
/// </summary>
public static class Running
{
    private const int AdjustedMax = 1_000;
    private const long LeastMs = 3_600_000;

    /// <summary>Replaces the draft; a scheduled run may be rewritten until it starts.</summary>
    public static Ruling Draft(ChallengeRun run, Challenge challenge, string by, long now)
    {
        if (run.PhaseAt(now) is not (ChallengePhase.Draft or ChallengePhase.Scheduled)) return Refused("", "has-started", "It has started: change it, or run it again under the next run.");
        if (run.Challenge is { } known && known.Id != challenge.Id) return Refused("/id", "another-challenge", "Keep the id; another challenge is another document.");
        if (run.ScheduledAt != 0 && (run with { Challenge = challenge }).Times() is var times && (times.Opens < now || IsShort(times))) return times.Opens < now ? Past("/window/from") : Short();
        return IsSame(run.Challenge, challenge) ? Done() : Done(new RunEntry.Drafted(challenge, by, now));
    }

    /// <param name="run">A draft.</param>
    /// <param name="settings">Whose zones are recorded with it.</param>
    /// <param name="from">Where the journal stands: nothing before can have happened inside the window.</param>
    /// <param name="by">Who schedules it.</param>
    /// <param name="now">Not after the start.</param>
    public static Ruling Schedule(ChallengeRun run, ProgrammeSettings settings, ImmutableArray<Position> from, string by, long now)
    {
        if (run.Challenge is null) return Refused("", "no-draft", "Write a draft first.");
        if (run.ScheduledAt != 0) return Done();
        var errors = ChallengeValidation.CheckStores(run.Challenge, settings);
        if (!errors.IsEmpty) return new([], errors);
        var scheduled = new RunEntry.Scheduled(settings.TimeZone, [.. settings.Stores.Select(store => new StoreZone(store.Id, store.TimeZone))], from, by, now);
        var times = run.Apply(scheduled).Times();
        return times.Opens < now ? Past("/window/from") : IsShort(times) ? Short() : Done(scheduled);
    }

    /// <summary>While live: what only widens goes live as it is, anything else as the next version with a reason, which participants see.</summary>
    public static Ruling Change(ChallengeRun run, Challenge challenge, Wording? reason, string by, long now)
    {
        if (run.PhaseAt(now) is ChallengePhase.Draft or ChallengePhase.Scheduled) return Draft(run, challenge, by, now);
        if (run.PhaseAt(now) != ChallengePhase.Live) return NotLive();
        if (IsSame(run.Challenge, challenge)) return Done();
        var current = run.Challenge!;
        if (challenge.Version == current.Version)
        {
            var narrows = Widening.Narrows(current, challenge);
            return narrows.IsEmpty ? Done(new RunEntry.Widened(challenge, by, now)) : new([], narrows);
        }

        if (challenge.Id != current.Id) return Refused("/id", "another-challenge", "Keep the id; another challenge is another document.");
        if (challenge.Version != current.Version + 1) return Refused("/version", "not-next", FormattableString.Invariant($"Send version {current.Version + 1}, or {current.Version} for what only widens."));
        if (reason is null) return Refused("/reason", "missing", "Participants see why it changed: say it in French, Dutch and English.");
        if ((run with { Challenge = challenge }).Times().Closes <= now) return Past("/window/until");
        return Done(new RunEntry.Replaced(challenge, reason, by, now));
    }

    /// <summary>What happens until it is resumed does not count.</summary>
    public static Ruling Pause(ChallengeRun run, string by, long now) =>
        run.PhaseAt(now) != ChallengePhase.Live ? NotLive() : run.IsPaused ? Done() : Done(new RunEntry.Paused(by, now));

    /// <param name="run">Paused or not.</param>
    /// <param name="extends">The end moves by as long as it stood still.</param>
    /// <param name="by">Who resumes it.</param>
    /// <param name="now">When.</param>
    public static Ruling Resume(ChallengeRun run, bool extends, string by, long now) =>
        run.PhaseAt(now) != ChallengePhase.Live ? NotLive() : run.IsPaused ? Done(new RunEntry.Resumed(extends, by, now)) : Done();

    /// <summary>The window ends now; grace and settlement follow as announced, compensation for whoever wins nothing.</summary>
    public static Ruling End(ChallengeRun run, Wording reason, string by, long now) =>
        run.EndedAt != 0 ? Done() : run.PhaseAt(now) != ChallengePhase.Live ? NotLive() : Done(new RunEntry.Ended(reason, by, now));

    /// <summary>It is settled at once: who has reached the goal or a milestone keeps that, others get compensation, nobody ranks.</summary>
    public static Ruling Cancel(ChallengeRun run, Wording reason, string by, long now) =>
        run.CancelledAt != 0 ? Done()
        : run.ScheduledAt == 0 ? Refused("", "not-scheduled", "A draft needs no cancelling.")
        : run.IsClosed || run.PhaseAt(now) == ChallengePhase.Settling ? Refused("", "settling", "It is being settled; what was won can be adjusted.")
        : Done(new RunEntry.Cancelled(reason, by, now));

    /// <summary>Takes back what one slot of the settled standings has won.</summary>
    public static Ruling Adjust(ChallengeRun run, Guid slot, string reason, string by, long now) =>
        run.SettledAt == 0 ? Refused("", "not-settled", "Wait until it is settled.")
        : run.Adjusted.Contains(slot) ? Done()
        : run.Adjusted.Length == AdjustedMax ? Refused("", "too-many", FormattableString.Invariant($"A run has at most {AdjustedMax} adjustments."))
        : Done(new RunEntry.Adjusted(slot, reason, by, now));

    private static bool IsSame(Challenge? before, Challenge after) => before is not null && ChallengeDocument.Write(before) == ChallengeDocument.Write(after);

    private static Ruling Done(params ImmutableArray<RunEntry> entries) => new(entries, []);

    private static Ruling NotLive() => Refused("", "not-live", "This can only be done while it is live.");

    private static Ruling Past(string field) => Refused(field, "in-the-past", "Give a date that is still to come.");

    private static bool IsShort(ChallengeTimes times) => times.Shortest < LeastMs;

    private static Ruling Short() => Refused("/window/until", "short-window", "Clocks go forward within it, and less than an hour is left: give it more.");

    private static Ruling Refused(string field, string code, string remedy) => new([], [new(field, code, remedy)]);
}
