using System.Collections.Immutable;
using System.Text.Json;

namespace Gamification.Api;

/// <summary>What a till is told: what was recorded, now or before, or the problem.</summary>
internal readonly record struct ReceiptAnswer : ILineAnswer
{
    public Problem? Problem { get; private init; }

    public ReceiptRecord? Record { get; private init; }

    public bool Replayed { get; private init; }

    /// <summary>The member's public id, where its own card was presented; null otherwise, and then its balance is not told either.</summary>
    public string? Member { get; private init; }

    public string? ClaimCode { get; private init; }

    public ImmutableArray<ReceiptWarning> Warnings { get; private init; }

    /// <summary>See <see cref="Api.LateFor"/>.</summary>
    public ImmutableArray<string> LateFor { get; private init; }

    public static implicit operator ReceiptAnswer(Problem problem) => new() { Problem = problem };

    public static ReceiptAnswer Of(ReceiptRecord record, bool replayed, string? member, string? claimCode, ImmutableArray<ReceiptWarning> warnings, ImmutableArray<string> lateFor) =>
        new() { Record = record, Replayed = replayed, Member = member, ClaimCode = claimCode, Warnings = warnings, LateFor = lateFor };

    public void WriteFields(Utf8JsonWriter writer)
    {
        var record = Record!;
        writer.WriteString("outcome"u8, Replayed ? "replayed"u8 : "recorded"u8);
        writer.WriteBoolean("replayed"u8, Replayed);
        writer.WriteString("receipt"u8, record.Key.ToString());
        writer.WriteString("member"u8, Member);
        writer.WriteString("treatment"u8, ReceiptWords.Of(record.Treatment));
        writer.WriteNumber("points"u8, record.Points);
        if (Member is null && record.Member is not null) writer.WriteNull("balance"u8);
        else writer.WriteNumber("balance"u8, record.Balance);
        if (Member is not null && record.Notes is { } notes) TillNotesJson.Write(writer, notes);
        writer.WriteNumber("version"u8, record.Version);
        ReceiptWords.WriteTaken(writer, record.Taken);
        if (ClaimCode is not null) writer.WriteString("claimCode"u8, ClaimCode);
        ReceiptWords.WriteFlags(writer, record.Flags);
        writer.WriteStartArray("warnings"u8);
        foreach (var warning in Warnings)
        {
            writer.WriteStartObject();
            writer.WriteString("code"u8, warning.Code);
            writer.WriteString("field"u8, warning.Field);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (!LateFor.IsDefaultOrEmpty)
        {
            writer.WriteStartArray("lateFor"u8);
            foreach (var window in LateFor) writer.WriteStringValue(window);
            writer.WriteEndArray();
        }

        writer.WriteString("recordedAt"u8, record.RecordedAt);
    }
}
