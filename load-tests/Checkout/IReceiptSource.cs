namespace Gamification.LoadTests.Checkout;

/// <summary>What tills post: receipt n is the same bytes whenever it is asked for, so it can be posted again without being kept. Any thread may ask.</summary>
internal interface IReceiptSource
{
    /// <summary>Whose till posts it: a place in the list of stores.</summary>
    int StoreOf(int index);

    /// <summary>The number of a receipt, which no other one of any run has.</summary>
    string NumberOf(int index);

    /// <summary>Writes receipt <paramref name="index"/> as one line of JSON, without its end, and returns the length.</summary>
    int Write(int index, Span<byte> target);
}
