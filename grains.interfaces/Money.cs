namespace Gamification;

/// <summary>Minor units per currency unit, by ISO 4217: 100 unless the currency is listed here.</summary>
public static class Currency
{
    /// <summary>Decimals that an amount in this currency may have.</summary>
    public static int Decimals(string code) => code switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    public static long MinorPerUnit(string code) => Decimals(code) switch
    {
        0 => 1,
        3 => 1000,
        _ => 100,
    };
}
