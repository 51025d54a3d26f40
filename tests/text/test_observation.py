"""What shows something in an acceptance test, and what does not."""

import pytest

from accord.text import observation, phrases
from accord.text.characters import plain
from accord.text.phrases import Language

VAGUE_FR = """
la navigation ne pose pas de difficulté aux nouveaux venus
les délais d’affichage sont dans la norme
le rendu à l’impression est propre
le module se comporte bien sous Windows
les messages d’erreur sont parlants
la sauvegarde ne prend que peu de temps
le serveur tient bon les jours de marché
l’écran reste lisible au soleil
les photos ont une belle définition
le logiciel est sécurisé
les doublons sont rares
l’accès à distance est confortable
la saisie demande moins d’efforts qu’aujourd’hui
l’aide en ligne est bien faite
les utilisateurs avancent vite
la solution est évolutive
l’outil s’adapte à tous les usages courants
le ticket a bonne allure
l’ensemble tourne rond
la mise à jour n’entraîne pas de gêne notable
la synchronisation est quasi immédiate
le support répond avec diligence
les libellés sont explicites
la documentation est à la portée de tous
la consommation de batterie reste modérée
les erreurs sont traitées au mieux
"""
PLAIN_FR = """
le bouton est grisé tant que le formulaire est vide
la page d’accueil est en français et en anglais
l’historique est consultable hors connexion
le champ SIREN est obligatoire
la liste est triée par date décroissante
le fichier est au format XML et se valide contre le schéma joint
chaque ligne porte un numéro unique
l’export du 31 mars est égal à la balance, au centime
l’adresse saisie est celle du Kbis
le stock négatif est signalé en rouge
le mode sombre reste actif après redémarrage
la recherche simple et la recherche avancée donnent le même nombre de lignes
la facture rapide crée un brouillon sans client
le filtre « Bonne qualité » ne garde que les lots de classe A
la mention « Efficace » du test d’efficacité est imprimée
le produit « Savon doux » s’affiche à la lettre S
les colonnes sont dans l’ordre du modèle joint
le message « Solde insuffisant » apparaît quand le solde est nul
la taille du logo est de 3 cm sur 2
le menu est le même sur le téléphone et sur le poste
une coupure du réseau ne fait perdre aucune ligne
les deux caisses impriment la même liste
l’étiquette porte le poids net et le prix au kilo
la somme des parts fait cent pour cent
un article supprimé ne figure plus dans la recherche
"""
VAGUE_EN = """
navigation gives newcomers no trouble
display times are within the norm
the printout is neat
the module behaves well on Windows
error messages are telling
the backup takes little time
the server holds up on market days
the screen stays readable in sunlight
the photographs are crisp
the software is secure
duplicates are rare
remote access is comfortable
the export covers the main cases
data entry takes less effort than today
the online help is well made
downtime is cut as far as practicable
users get on fast
the solution is scalable
the tool adapts to all common uses
the receipt looks smart
synchronisation is all but immediate
support answers diligently
labels are self-explanatory
the documentation is within everyone’s grasp
battery consumption stays moderate
errors are dealt with as best one can
"""
PLAIN_EN = """
the button is greyed out as long as the form is empty
the home page is in French and English
the history can be consulted offline
the company number field is mandatory
the list is sorted by descending date
the file is XML and validates against the enclosed schema
each line bears a unique number
the export of 31 March equals the trial balance to the penny
the address typed is that of the register
negative stock is flagged in red
dark mode stays on after a restart
the simple search and the advanced search return the same number of lines
the quick invoice creates a draft without a customer
the filter “Good quality” keeps only lots of class A
the word “Effective” of the efficacy test is printed
the product “Mild soap” is listed under S
the columns are in the order of the enclosed model
the message “Insufficient balance” is shown when the balance is nil
the logo measures 3 cm by 2
the menu is the same on the phone and on the desktop
a network cut loses no line
both tills print the same list
the label bears the net weight and the price per kilo
the shares add up to one hundred per cent
a deleted item is no longer found by the search
"""
CASES = [
    (language, is_plain, line)
    for language, is_plain, lines in (
        ("fr", False, VAGUE_FR),
        ("fr", True, PLAIN_FR),
        ("en", False, VAGUE_EN),
        ("en", True, PLAIN_EN),
    )
    for line in lines.strip().splitlines()
]


@pytest.mark.parametrize(("language", "is_plain", "text"), CASES)
def test_a_test_shows_something_or_is_vague(text: str, language: Language, *, is_plain: bool) -> None:
    text = plain(text)
    words = phrases.find("vague", phrases.without_quotations(text), language)
    is_vague = bool(words) and not phrases.find("measure", text, language)
    assert (observation.is_possible(text, language) and not is_vague) is is_plain
