using Gamification.Programmes.Earning;

namespace Gamification.Api;

/// <summary>Which of the programme's languages a caller asks for.</summary>
internal static class Languages
{
    /// <summary>The first of French, Dutch and English by the weights of Accept-Language; null when it names none of them.</summary>
    public static Language? Asked(HttpRequest request)
    {
        var wanted = request.GetTypedHeaders().AcceptLanguage;
        foreach (var range in wanted.OrderByDescending(range => range.Quality ?? 1))
        {
            if (range.Quality == 0) continue;
            var tag = range.Value.AsSpan();
            var end = tag.IndexOf('-');
            switch ((end < 0 ? tag : tag[..end]).ToString().ToLowerInvariant())
            {
                case "fr":
                    return Language.Fr;
                case "nl":
                    return Language.Nl;
                case "en":
                    return Language.En;
            }
        }

        return null;
    }

    public static string CodeOf(Language language) => language switch
    {
        Language.Nl => "nl",
        Language.En => "en",
        _ => "fr",
    };
}
