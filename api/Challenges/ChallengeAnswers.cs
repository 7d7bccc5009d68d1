using System.Text.Json;
using Gamification.Challenges;
using Gamification.Recognition;
using Gamification.Statements;

namespace Gamification.Api;

/// <summary>A run of a challenge as JSON.</summary>
internal static class ChallengeAnswers
{
    public static void Answer(HttpContext context, ChallengeView view, MemberProgress? own) =>
        JsonAnswer.Write(context, StatusCodes.Status200OK, (view, own), static (writer, answer) =>
        {
            writer.WriteStartObject();
            WriteFields(writer, answer.view, answer.own);
            writer.WriteString("serverTime"u8, answer.view.At);
            writer.WriteEndObject();
        });

    public static void Write(Utf8JsonWriter writer, ChallengeView view, MemberProgress? own)
    {
        writer.WriteStartObject();
        WriteFields(writer, view, own);
        writer.WriteEndObject();
    }

    public static string PhaseOf(ChallengePhase phase) => phase switch
    {
        ChallengePhase.Draft => "draft",
        ChallengePhase.Scheduled => "scheduled",
        ChallengePhase.Live => "live",
        ChallengePhase.Grace => "grace",
        ChallengePhase.Settling => "settling",
        ChallengePhase.Settled => "settled",
        ChallengePhase.Adjusted => "adjusted",
        _ => "cancelled",
    };

    public static void WriteOwn(Utf8JsonWriter writer, ReadOnlySpan<byte> name, MemberProgress? own)
    {
        if (own is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteBoolean("joined"u8, own.HasJoined);
        writer.WriteString("team"u8, own.Team);
        writer.WriteBoolean("hidden"u8, own.IsHidden);
        writer.WriteNumber("score"u8, own.Score);
        writer.WriteBoolean("complete"u8, own.IsComplete);
        writer.WriteText("left"u8, own.Left);
        WriteRank(writer, own.Rank);
        writer.WriteEndObject();
    }

    private static void WriteRank(Utf8JsonWriter writer, OwnRank? rank)
    {
        if (rank is null)
        {
            writer.WriteNull("rank"u8);
            return;
        }

        writer.WriteStartObject("rank"u8);
        writer.WriteNumber("rank"u8, rank.Rank);
        writer.WriteNumber("tiedWith"u8, rank.TiedWith);
        writer.WriteNumber("ranked"u8, rank.Ranked);
        writer.WriteBoolean("virtual"u8, rank.IsVirtual);
        writer.WriteEndObject();
    }

    /// <summary>What moves while it runs: the same in an answer and in a live message.</summary>
    public static void WriteTotals(Utf8JsonWriter writer, ChallengeView view)
    {
        writer.WriteString("phase"u8, PhaseOf(view.Phase));
        writer.WriteBoolean("paused"u8, view.IsPaused);
        writer.WriteString("nextAt"u8, view.NextAt);
        writer.WriteNumber("participants"u8, view.Participants);
        writer.WriteNumber("total"u8, view.Total);
        writer.WriteStartArray("milestones"u8);
        foreach (var milestone in view.Milestones)
        {
            writer.WriteStartObject();
            writer.WriteNumber("at"u8, milestone.At);
            writer.WriteBoolean("reached"u8, milestone.IsReached);
            writer.WriteBoolean("unlocked"u8, milestone.IsUnlocked);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("groups"u8);
        foreach (var group in view.Groups)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, group.Id);
            writer.WriteText("name"u8, group.Name);
            writer.WriteNumber("rank"u8, group.Rank);
            writer.WriteNumber("score"u8, group.Score);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("revealed"u8);
        foreach (var teaser in view.Revealed)
        {
            writer.WriteStartObject();
            writer.WriteLanguages(teaser.Fr, teaser.Nl, teaser.En);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("revealsAt"u8, view.RevealsAt);
    }

    private static void WriteFields(Utf8JsonWriter writer, ChallengeView view, MemberProgress? own)
    {
        var challenge = view.Challenge!;
        writer.WriteString("challenge"u8, view.Run.Challenge);
        writer.WriteNumber("run"u8, view.Run.Run);
        writer.WriteText("name"u8, challenge.Name);
        writer.WriteText("words"u8, view.Words);
        writer.WriteString("kind"u8, challenge.By switch { InTeams => "teams"u8, StoreAgainstStore => "stores"u8, Together => "collective"u8, _ => "individual"u8 });
        writer.WriteBoolean("optIn"u8, challenge.Audience.OptIn);
        writer.WriteNumber("target"u8, TargetOf(challenge.Goal));
        writer.WriteString("unit"u8, ChallengeTerms.UnitOf(challenge.Goal));
        writer.WriteBoolean("average"u8, ChallengeTerms.IsAverage(challenge));
        ChallengeTerms.WriteTeams(writer, challenge);
        ChallengeTerms.WritePrizes(writer, challenge);
        writer.WriteString("opens"u8, view.Times?.Opens);
        writer.WriteString("closes"u8, view.Times?.Closes);
        writer.WriteString("graceEnds"u8, view.Times?.GraceEnds);
        WriteTotals(writer, view);
        writer.WriteStartArray("versions"u8);
        foreach (var version in view.Versions)
        {
            writer.WriteStartObject();
            writer.WriteNumber("version"u8, version.Version);
            writer.WriteString("since"u8, version.Since);
            writer.WriteText("reason"u8, version.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteText("reason"u8, view.Reason);
        writer.WriteString("certificate"u8, view.Certificate);
        writer.WriteNumber("prizesReceived"u8, view.Received);
        WriteOwn(writer, "own"u8, own);
    }

    private static long TargetOf(ChallengeGoal goal) => goal switch
    {
        CountGoal count => count.Target,
        SumGoal sum => sum.Target,
        DistinctGoal distinct => distinct.Target,
        RunOf run => run.Target,
        InSequence sequence => sequence.Steps.Length,
        SomeOf some => some.Target,
        _ => throw new NotSupportedException($"{goal.GetType().Name} has no target."),
    };
}
