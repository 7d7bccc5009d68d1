using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gamification.Api;

/// <summary>
/// The name under which a board shows a member: a star and a number, the same in French, Dutch and English, made of the public id alone.
/// It tells people apart and tells nobody anything. Two members may share one; the id tells them apart where it matters.
/// </summary>
public static class Pseudonyms
{
    /// <summary>Proper names of stars. Their order is part of every pseudonym: add none, remove none.</summary>
    private static readonly string[] Stars = """
        Acamar Achernar Achird Acrab Acrux Acubens Adhara Albali Albireo Alchiba Alcor Alcyone Aldebaran Alderamin Aldhanab Aldhibah
        Alfirk Algedi Algenib Algieba Algol Algorab Alhena Alioth Alkaid Alkalurops Alkaphrah Alkarab Alkes Almaaz Almach Alnair
        Alnasl Alnilam Alnitak Alniyat Alphard Alphecca Alpheratz Alpherg Alrescha Alruba Alsafi Alsciaukat Alsephina Alshain Alshat Altair
        Altais Alterf Aludra Alula Alya Alzirr Ancha Angetenar Ankaa Anser Antares Arcturus Arneb Ascella Asellus Ashlesha
        Aspidiske Asterope Athebyne Atik Atlas Atria Avior Azelfafage Azha Azmidi Baten Bellatrix Betelgeuse Bharani Biham Botein
        Brachium Bunda Canopus Capella Caph Castor Castula Cebalrai Celaeno Chalawan Chamukuy Chara Chertan Copernicus Cujam Cursa
        Dabih Dalim Deneb Denebola Diadem Diphda Dschubba Dubhe Dziban Edasich Electra Elgafar Elkurud Elnath Eltanin Enif
        Errai Fafnir Fang Fawaris Felis Fomalhaut Fulu Furud Gacrux Garnet Giausar Gienah Gomeisa Grumium Hadar Haedus
        Hamal Hassaleh Hatysa Heze Homam Iklil Intercrus Izar Jabbah Jishui Kaffaljidhma Kang Kastra Kaus Keid Kitalpha
        Kochab Kornephoros Kraz Kuma Larawag Lesath Libertas Lich Maasym Mahasim Maia Marfik Markab Markeb Marsic Matar
        Mebsuta Megrez Meissa Mekbuda Meleph Menkalinan Menkar Menkent Menkib Merak Merga Meridiana Merope Mesarthim Miaplacidus Mimosa
        Minchir Minelauva Mintaka Mira Mirach Miram Mirfak Mirzam Misam Mizar Mothallah Muliphein Muphrid Muscida Nashira Nekkar
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>As <c>Altair 4821</c>.</summary>
    public static string Of(string publicId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(publicId), hash);
        var star = Stars[BitConverter.ToUInt16(hash) % Stars.Length];
        var number = 100 + (BitConverter.ToUInt32(hash[4..]) % 9_900);
        return string.Create(CultureInfo.InvariantCulture, $"{star} {number}");
    }
}
