using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gamification.Activities;
using Gamification.Programmes.Earning;

namespace Gamification.Api;

/// <summary>
/// One event as a source states it: CloudEvents 1.0 in JSON, structured mode. Its attributes are read with their bounds and whatever else is at
/// the top is an extension and passed over, as CloudEvents asks; <c>data</c> is ours and strict.
/// </summary>
internal sealed class StatedEvent
{
    private const int TimeMax = 40;
    private const int ReferenceMax = 128;
    private const int CardMax = 64;
    private const int PublicIdMax = 32;

    private StatedEvent()
    {
    }

    public ActivityKey Key { get; private init; }

    /// <summary>Null for a removal or restoration.</summary>
    public EarningEvent? Type { get; private init; }

    /// <summary>The event that is removed or restored.</summary>
    public ActivityKey? Original { get; private init; }

    public bool Removes { get; private init; }

    public Remover By { get; private init; }

    /// <summary>Null when it was not stated.</summary>
    public DateTimeOffset? Time { get; private init; }

    public string? Subject { get; private init; }

    public string? Store { get; private init; }

    public Channel? Channel { get; private init; }

    /// <summary>Whose points they are: by public id or by card, one of the two.</summary>
    public string? Member { get; private init; }

    public string? Card { get; private init; }

    /// <summary>A public id.</summary>
    public string? Actor { get; private init; }

    public string? Target { get; private init; }

    /// <summary>Lines of one account are taken in order.</summary>
    public string Account => Member ?? Card!;

    public static (StatedEvent? Event, Problem? Problem) Read(ReadOnlyMemory<byte> body, Programme programme)
    {
        using var document = StrictDocument.Of(body);
        document.TakeOthers();
        if (document.Text("specversion", 8) != "1.0") document.Refuse("specversion", "unknown-value", "Send 1.0.");
        var source = Name(document, "source", document.Text("source", ActivityKey.PartMax));
        var id = Name(document, "id", document.Text("id", ActivityKey.PartMax));
        var type = document.Text("type", TimeMax);
        var subject = document.OptionalText("subject", ReferenceMax);
        var time = Instant(document);
        var data = document.Object("data");
        var (member, card) = (data.OptionalText("member", PublicIdMax), data.OptionalText("card", CardMax));
        if ((member is null) == (card is null)) data.Refuse(card is null ? "member" : "card", "one-of-two", "Send either 'member', a public id, or 'card'.");
        var isRevision = type is EventWords.Removal or EventWords.Restoration;
        if (!isRevision && EventWords.TypeOf(type) is null) document.Refuse("type", "unknown-value", $"Send one of {EventWords.All}.");
        var stated = isRevision
            ? new StatedEvent
            {
                Key = new(source, id), Time = time, Subject = subject, Member = member, Card = card,
                Original = OriginalIn(data, source),
                Removes = type == EventWords.Removal,
                By = type == EventWords.Removal ? RemoverIn(data) : Remover.Author,
            }
            : new StatedEvent
            {
                Key = new(source, id), Time = time, Subject = subject, Member = member, Card = card,
                Type = EventWords.TypeOf(type),
                Store = StoreIn(data, programme, isRequired: type == "visit"),
                Channel = ChannelIn(data),
                Actor = data.OptionalText("actor", PublicIdMax),
                Target = data.OptionalText("target", ReferenceMax),
            };
        return document.Problem() switch
        {
            null => (stated, null),
            { Kind: var kind } problem when kind == ProblemKind.InvalidDocument => (null, new(ProblemKind.InvalidEvent, problem.Detail) { Errors = problem.Errors }),
            var unreadable => (null, unreadable),
        };
    }

    /// <summary>
    /// 128 bits of SHA-256 over a salt and what was stated, a line a field in this order, instants in UTC with their offset. <b>This form is for
    /// ever</b>: a change would turn every replay of an old event into a conflict. No field can hold a line feed.
    /// </summary>
    public Guid Content(ReadOnlySpan<byte> salt)
    {
        var text = new StringBuilder();
        Add("type", Type is { } type ? EventWords.Of(type) : Removes ? EventWords.Removal : EventWords.Restoration);
        Add("time", Time is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.UtcTicks} {time.TotalOffsetMinutes}") : null);
        Add("subject", Subject);
        Add("member", Member);
        Add("card", Card);
        Add("store", Store);
        Add("channel", Channel?.ToString());
        Add("actor", Actor);
        Add("target", Target);
        Add("original", Original?.ToString());
        Add("by", Original is null ? null : By.ToString());
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(text.ToString())], hash);
        return new Guid(hash[..16], bigEndian: true);

        void Add(string name, string? value)
        {
            if (value is not null) text.Append(name).Append('=').Append(value).Append('\n');
        }
    }

    private static string Name(StrictDocument document, string field, string value)
    {
        if (value.Contains(' ', StringComparison.Ordinal)) document.Refuse(field, "forbidden-character", "Leave out spaces: source and id are joined with one.");
        return value;
    }

    private static DateTimeOffset? Instant(StrictDocument document)
    {
        if (document.OptionalText("time", TimeMax) is not { } text) return null;
        var hasTimeAndOffset = text.Length >= 17 && text[10] == 'T' && (text[^1] == 'Z' || text[^6] is '+' or '-');
        if (hasTimeAndOffset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && instant.Year is >= 1970 and < 2200) return instant;
        document.Refuse("time", "invalid-instant", "Send a date and time with its offset, as 2026-11-21T17:04:05+01:00.");
        return null;
    }

    private static ActivityKey OriginalIn(StrictDocument data, string source)
    {
        var original = data.Object("original");
        return new(Name(original, "source", original.OptionalText("source", ActivityKey.PartMax) ?? source), Name(original, "id", original.Text("id", ActivityKey.PartMax)));
    }

    private static Remover RemoverIn(StrictDocument data)
    {
        var by = data.OptionalText("by", 16);
        if (by is not (null or "author" or "moderator")) data.Refuse("by", "unknown-value", "Send author or moderator.");
        return by == "moderator" ? Remover.Moderator : Remover.Author;
    }

    private static string? StoreIn(StrictDocument data, Programme programme, bool isRequired)
    {
        var store = isRequired ? data.Text("store", 16) : data.OptionalText("store", 16);
        if (!string.IsNullOrEmpty(store) && !programme.Stores.ContainsKey(store)) data.Refuse("store", "unknown-value", "Send the id of one of the programme's stores, see /v1/stores.");
        return store;
    }

    private static Channel? ChannelIn(StrictDocument data)
    {
        var word = data.OptionalText("channel", 16);
        if (word is null) return null;
        foreach (var channel in Enum.GetValues<Channel>())
        {
            if (string.Equals(channel.ToString(), word, StringComparison.OrdinalIgnoreCase) && word.All(char.IsAsciiLetterLower)) return channel;
        }

        data.Refuse("channel", "unknown-value", "Send one of store, web, drive, app.");
        return null;
    }
}
