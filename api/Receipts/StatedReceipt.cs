namespace Gamification.Api;

/// <summary>
/// A receipt as its body states it: every field that was there, before amounts meet a currency and dates meet each other. One is kept for each
/// thread and filled again for each body, so that reading one costs little more than its strings.
/// </summary>
internal sealed class StatedReceipt
{
    public const int LinesMax = 2_000;

    private StatedLine[] _lines = new StatedLine[64];

    [ThreadStatic]
    private static StatedReceipt? _ofThread;

    /// <summary>An empty one, this thread's until its next call.</summary>
    public static StatedReceipt OfThread()
    {
        var stated = _ofThread ??= new();
        stated.Clear();
        return stated;
    }

    public ReceiptType? Type;
    public StatedKey Key;
    public bool HasOriginal;
    public StatedKey Original;
    public DateTimeOffset? OccurredAt;
    public string? Card;
    public string? Currency;
    public ExactNumber? Total;
    public ExactNumber? PaidWithPoints;
    public ExactNumber? PaidWithVouchers;
    public bool HasLines;

    public int LineCount { get; private set; }

    public ReadOnlySpan<StatedLine> Lines => _lines.AsSpan(0, LineCount);

    public ReceiptFaults Faults { get; } = new();

    public UnknownFields Unknown { get; } = new();

    public ref StatedLine AddLine()
    {
        if (LineCount == _lines.Length) Array.Resize(ref _lines, _lines.Length * 2);
        ref var line = ref _lines[LineCount++];
        line = default;
        return ref line;
    }

    private void Clear()
    {
        Type = null;
        Key = Original = default;
        HasOriginal = HasLines = false;
        OccurredAt = null;
        Card = Currency = null;
        Total = PaidWithPoints = PaidWithVouchers = null;
        LineCount = 0;
        Faults.Clear();
        Unknown.Clear();
    }
}

internal struct StatedKey
{
    public string? Store;
    public string? Till;
    public DateOnly? BusinessDate;
    public string? Number;
}

internal struct StatedLine
{
    public string? Sku;
    public ExactNumber? Quantity;
    public ExactNumber? UnitPrice;
    public ExactNumber? Amount;
    public ExactNumber? Vat;
    public LineKind Kind;
}
