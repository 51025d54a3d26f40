"""Who judges what: sentences that leave acceptance to somebody's opinion, and honest neighbours."""

import pytest

from accord.text import judgement
from accord.text.characters import plain
from accord.text.phrases import Language

SUBJECTIVE_FR = """
Le test n’est réussi qu’après avoir demandé au chef si l’écran lui plaît.
La direction dit si l’écran lui plaît.
Le Client ne paie pas si l’outil ne lui convient pas.
Le Client valide l’export.
Le Client approuve la mise en page du rapport.
La direction approuve l’écran.
Le DAF accepte le résultat.
Le comité de pilotage a validé le module.
Une fois validé par la direction, l’export est réputé livré.
L’écran est approuvé par le responsable du service comptable.
Les écrans sont jugés satisfaisants par les utilisateurs pilotes.
Le client juge le résultat conforme à ses attentes.
Le gérant estime que le tableau de bord est utile.
Les utilisateurs trouvent l’écran agréable.
L’équipe comptable trouve la saisie plus simple qu’avant.
La direction se dit contente du résultat.
Les vendeurs sont satisfaits de la nouvelle interface.
Le résultat plaît au gérant.
La mise en page convient à la comptable.
L’écran leur convient.
L’export convient aux équipes du siège.
Le directeur informatique donne son feu vert.
Après validation par la direction, la recette est acquise.
La mise en service suppose l’accord du comité de direction.
La recette est prononcée après approbation du DSI.
La recette suppose la validation du directeur informatique du Client.
La recette dépend de l’avis de la direction.
Sous réserve de l’approbation de vos équipes.
L’export est livré sous réserve de l’accord du DAF.
Les utilisateurs pilotes apprécient la rapidité de l’écran.
Le Client aime la nouvelle présentation.
Le comité considère que la fonctionnalité répond au besoin.
Le Client confirme que l’écran lui convient.
Le Client confirme la bonne qualité du rendu.
Le chef de projet du Client valide le livrable.
Le panel d’utilisateurs préfère le nouvel écran.
Le tableau de bord est validé par l’équipe commerciale.
Les responsables de magasin sont convaincus par l’outil.
L’export sera validé par le commissaire aux comptes du Client.
Le résultat aura été approuvé par vos équipes.
Le gérant se déclare satisfait.
Le Client, après l’avoir essayé, approuve le module.
Le comptable reçoit l’export et le juge exploitable et lisible.
Nos utilisateurs ont adopté l’outil et le recommandent.
La direction est convaincue que le module fait gagner du temps.
Le Client peut refuser la fonctionnalité sans motif.
Le Client n’accepte la fonctionnalité que si ses équipes en sont contentes.
La recette n’est acquise qu’après validation par la direction.
Vous validez la maquette.
Le design est validé par le service communication.
L’ergonomie est jugée bonne par les caissières.
Le responsable qualité évalue l’ergonomie de l’écran.
La fonctionnalité est acceptée quand la direction l’approuve.
Le Client reconnaît que le module fonctionne.
Le sponsor du projet entérine la livraison.
Le jury d’utilisateurs note l’ergonomie.
La directrice est enchantée du rendu.
Le pharmacien considère l’affichage comme acceptable.
Le conseil d’administration avalise le tableau de bord.
Le service informatique agrée l’interface.
L’aspect du ticket satisfait le gérant.
Les chefs de rayon sont d’accord avec le résultat.
La version livrée recueille l’assentiment des utilisateurs clés.
Si le Client n’approuve pas l’écran, le Fournisseur le corrige.
la direction financière se déclare pleinement satisfaite du module
le responsable informatique a donné son aval
l’interface fait l’unanimité parmi les caissières
aucun utilisateur pilote ne se plaint de l’écran
le comité de direction n’a aucune objection
l’ergonomie sera appréciée par un panel de vendeurs
la mise en page est à la convenance du service marketing
le PV de recette est signé par le directeur des opérations
les chefs d’équipe s’y retrouvent dans le nouvel écran
la gérante trouve que l’étiquette est jolie
l’étiquette est du goût de la gérante
nous sommes contents du résultat
le résultat est conforme à ce que la direction avait imaginé
l’accord écrit du directeur est obtenu
le tableau de bord reçoit l’agrément du comité de pilotage
le client estime avoir reçu ce qu’il attendait
la solution est jugée recevable par la DSI
les commerciaux ont le sentiment de gagner du temps
le module emporte l’adhésion des équipes
les magasiniers préfèrent le nouvel écran à l’ancien
le Client se réserve le droit de refuser l’export s’il ne lui plaît pas
le DAF considère l’export comme acceptable
le rapport mensuel est approuvé par la présidente
le responsable de magasin confirme que tout va bien
l’équipe support juge la fonctionnalité prête
après démonstration, le comité métier entérine la fonctionnalité
une validation du contrôle de gestion est requise
la recette est subordonnée au feu vert du siège
il appartient à la direction d’apprécier le résultat
Monsieur Lefèvre approuve la présentation des étiquettes
la personne chargée de la paie dit que le bulletin est bon
le rendu sera soumis à l’approbation du dirigeant
la cheffe de projet du Client lève ses réserves
les utilisateurs donnent au module une note d’au moins 4 sur 5
l’écran ne déçoit pas les vendeurs
le directeur d’exploitation ne trouve rien à reprocher à l’écran
les testeurs désignés par le Client recommandent la mise en production
le module convainc les responsables de rayon
l’avis du pharmacien titulaire sur l’écran est favorable
la fonctionnalité reçoit un avis favorable de la commission informatique
le chef de rayon tire son chapeau devant le nouvel écran
les serveurs ne voudraient plus revenir à l’ancien outil
la boutique n’a pas de motif de mécontentement
la direction commerciale se félicite du nouveau tableau
l’écran recueille une majorité de voix parmi les vendeurs
le rapport est bien perçu par les équipes terrain
le directeur de l’agence est d’avis que la reprise est complète
l’interface parle aux opérateurs
de l’aveu du responsable logistique, l’outil est prêt
le Client prend acte, à sa discrétion, de la fin des essais
l’outil est adopté par les équipes
la DSI appose son visa sur le livrable
le formateur du Client atteste que les élèves s’y font
le directeur du magasin a confiance dans les chiffres
la maquette revient signée « bon pour accord » par le dirigeant
les assistantes n’y trouvent que des avantages
les opticiennes trouvent leur compte dans le nouvel écran
nul à la comptabilité n’y voit d’inconvénient
l’expert mandaté par le Client rend un avis favorable
la couleur des boutons est au choix du Client
l’affichage correspond à l’idée que s’en fait la gérante
le tableau est considéré par tous comme un progrès
si la directrice n’en veut pas, l’essai est en échec
le Client déclare la fonctionnalité bonne pour le service
le conseil syndical se range à la solution livrée
huit vendeurs sur dix préfèrent le nouvel écran à l’ancien
au moins 80 % des caissières se disent satisfaites de la saisie
le satisfecit de l’équipe achats est joint au procès-verbal
la gérante donne son imprimatur au modèle de facture
le gérant souhaite continuer avec l’outil après les trois mois d’essai
aucun magasin ne demande à revenir à l’ancien logiciel
la note moyenne donnée au module par les utilisateurs dépasse 4 sur 5
trois chefs de rayon sur quatre recommandent l’écran à leurs collègues
Madame Lefèvre n’a pas demandé de modification de la maquette depuis dix jours
la couleur et la police des étiquettes sont arrêtées par la direction selon son goût
le chef d’atelier estime à l’œil que la découpe est bonne
le Client se dit prêt à signer le procès-verbal
la mise en service a l’aval écrit de deux directeurs
les rapports plaisent au conseil d’administration
la version présentée le 12 mars suscite l’enthousiasme des équipes
la directrice juge au cas par cas si une anomalie empêche la recette
les étiquettes imprimées sont belles aux yeux de la fleuriste
aucun des cinq testeurs ne s’est déclaré mécontent
le gérant trouve les commandes faciles à passer
le gérant se dit preneur de la version livrée
le directeur financier approuve sans réserve le total affiché
la personne référente du Client coche « conforme » en bas de la fiche de recette
la fiche de recette est signée sans réserve par le responsable informatique
le Client renvoie la fiche d’essai avec la mention « accepté »
le comité de suivi lève la recette
l’écran reçoit une bonne note des vendeurs
les équipes se déclarent prêtes à passer en production
le service achats s’en remet au directeur, qui dit si l’essai est bon
la cheffe de produit laisse passer la version
l’association des utilisateurs rend un avis positif
le Client ne voit pas de raison de refuser
personne n’a demandé de retour en arrière
l’atelier a adopté l’écran
"""

SOUND_FR = """
Le total affiché est celui du registre, et le gérant n’a pas à dire si l’écran lui plaît.
On ne demande pas à la direction si le module lui convient : les 12 lignes sont là.
Personne n’a à dire si l’outil lui convient.
L’export de mars contient 1 250 écritures et son total est égal à celui de la balance.
Le gérant clique sur « Valider », et la commande passe à l’état « validée ».
Le client peut refuser une commande sans motif, et la commande passe alors à l’état « refusée ».
Le commentaire laissé à l’appréciation de l’inspecteur est conservé dans l’historique.
Le responsable valide la demande de congé, et le salarié reçoit un courriel.
Le chef d’équipe approuve les heures saisies, qui partent en paie.
Une note de frais de plus de 500 € exige l’accord de deux responsables.
Le fichier est accepté sans rejet par le portail Chorus Pro.
Le fichier FEC est validé par l’outil Test Compta Demat de l’administration.
Le patient accepte le rendez-vous proposé, et le créneau disparaît de la liste.
Le questionnaire de satisfaction part le jour même de la vente.
Le client note sa satisfaction de 1 à 5, et la moyenne s’affiche.
Le locataire est satisfait : le bouton « Clore » ferme la demande.
L’utilisateur trouve la fiche en moins de 2 secondes.
L’écran affiche les commandes acceptées par le client.
Le champ accepte douze caractères au plus.
Le bouton « J’approuve » enregistre la date et l’heure.
Le numéro de carte est valide s’il passe le contrôle de Luhn.
Après validation par le chef de service, la demande de congé apparaît au planning.
Le devis signé est approuvé par le gérant, puis le bon de commande part.
La facture validée par le comptable n’est plus modifiable.
L’administrateur confirme la suppression du compte dans une fenêtre.
Le directeur approuve le virement depuis son téléphone.
Le système refuse un mot de passe de moins de douze caractères.
Le client valide son panier en cochant les conditions générales.
Le technicien estime la durée de l’intervention, et le planning la réserve.
Le professeur note la copie, et la moyenne de la classe est recalculée.
Le circuit de validation compte trois étapes.
La direction reçoit le rapport tous les lundis à 8 h.
Le comptable vérifie que le total est égal à 12 540,00 €.
Le Client constate que le fichier contient 1 250 lignes.
Le gérant importe le fichier, et les 300 articles apparaissent.
L’utilisateur accepte les cookies, et le bandeau disparaît.
Le devis accepté par le client est transformé en commande.
Le client refuse la livraison, et le livreur photographie le colis.
L’avis du client est publié après modération.
Le créneau convient au patient : il le confirme par SMS.
Il convient de saisir un code à six chiffres.
Le livre aimé par un lecteur monte dans la liste.
Le visa du directeur est apposé sur le contrat, avec la date.
Le médecin valide l’ordonnance, et la pharmacie la reçoit.
Les relevés sont conservés dix ans.
La pièce jugée non conforme par l’opérateur passe en quarantaine.
Le chef de cuisine refuse la livraison du colis, et le motif est enregistré.
Le Client n’a pas à approuver l’écran : les essais décident.
L’essai ne dépend pas de l’avis du Client.
Même si le Client n’est pas content, l’essai est réussi quand le total est égal.
Le Client lance les douze essais, qui passent.
Deux gestionnaires approuvent le paiement avant son envoi à la banque.
Le conducteur refuse la course, et elle est proposée au suivant.
La caisse accepte les titres-restaurant jusqu’à 25 € par jour.
Le taux de clients satisfaits s’affiche en pourcentage.
Chaque avenant est validé par le juriste dans l’application.
L’inspecteur juge la fissure grave, et l’alerte part.
Le chef d’atelier valide l’ordre de fabrication en deux clics.
L’accord du tuteur est joint au dossier d’inscription.
Le paiement part après accord du DAF dans le circuit.
La condition est satisfaite quand le stock passe sous le seuil.
L’expert-comptable dépose le fichier, qui est accepté.
Le bureau de vote accepte un électeur par numéro.
quand le gérant clique sur « Approuver », le statut du devis devient « approuvé »
le client final signe le bon de livraison sur la tablette et en reçoit une copie
un virement de plus de 10 000 € n’est envoyé qu’après l’accord de deux signataires
le salarié peut contester un pointage, et le responsable en est averti
la moyenne des avis laissés par les clients est affichée avec une décimale
le motif du refus saisi par le valideur figure dans l’historique
l’export des réservations confirmées contient les douze lignes du jeu d’essai
le praticien accepte ou refuse une demande de rendez-vous depuis l’agenda
l’acheteur approuve la demande d’achat, et le bon de commande est créé
une commande en attente de validation depuis trois jours déclenche une relance
les factures rejetées par Chorus Pro sont listées avec leur motif
le total de la facture convient à l’arrondi près au total du devis
un utilisateur sans droit ne voit pas le bouton de validation
le patient exprime sa satisfaction sur une échelle de 1 à 10 et la note est enregistrée
les articles préférés de l’utilisateur apparaissent en tête de liste
le client indique ses préférences, et le formulaire les enregistre
le bulletin est remis au salarié avec accord préalable de celui-ci
le bon pour accord du client est joint au devis signé
le chef de rayon valide l’inventaire, et les écarts sont comptabilisés
les dix factures de test sont acceptées par la plateforme agréée
le système demande confirmation avant la suppression d’un article
le client de la boulangerie choisit son créneau et reçoit un SMS
le formulaire de réclamation est envoyé au service client
le service comptable reçoit le fichier chaque lundi à 6 h
la direction du magasin consulte le tableau de bord depuis un téléphone
l’équipe du soir clôture la caisse en trois gestes
un commentaire favorable ou défavorable est enregistré avec sa date
les réserves du locataire figurent sur l’état des lieux
les objections saisies par le commercial sont listées par date
le taux de satisfaction calculé est égal à celui du fichier témoin
la demande est refusée si le solde de congés est insuffisant
l’accord du parent est exigé pour l’inscription d’un mineur
le vétérinaire confirme la vaccination, et le rappel est programmé
l’utilisateur est averti quand son mot de passe est refusé
trois approbations suffisent pour clore une non-conformité
un avis défavorable bloque l’expédition du lot
le commissaire aux comptes ouvre le fichier en lecture seule
la température convenue avec le transporteur est imprimée
l’appréciation du professeur est imprimée au bas du bulletin
le juge de ligne voit le score en direct
le bouton « J’aime » ajoute un cœur sous la photo
le serveur envoie la commande en cuisine, où elle s’imprime
la gérante ouvre le rapport sur sa tablette et y lit le chiffre d’affaires du jour
le commercial saisit l’objection du prospect dans la fiche
l’écran des préférences garde la langue choisie par l’utilisateur
le nouvel écran remplace l’ancien sans ressaisie
chaque vote est compté une fois et une seule
la liste des candidats retenus par le jury est exportée en PDF
le directeur du magasin reçoit l’alerte de rupture par courriel
une réserve levée disparaît de la liste des réserves
l’agent de recouvrement note la promesse de paiement du débiteur
le vendeur propose un article de remplacement quand le stock est nul
le comité d’entreprise télécharge le bilan social depuis le portail
la direction choisit le logo imprimé sur le ticket
l’export s’ouvre dans le tableur du service comptable
l’opérateur voit la température s’afficher en rouge au-delà du seuil
la cuisinière raye un plat, et il quitte la carte
l’infirmière scanne le bracelet du patient avant chaque soin
le conducteur signale un défaut, et la maintenance est prévenue
le moniteur indique le niveau atteint par l’élève
l’adhérent renonce à sa séance jusqu’à deux heures avant
un accord tacite du bailleur est daté du trentième jour
le formulaire rappelle au technicien les pièces à emporter
les deux écrans affichent le même solde
le total calculé par le module est celui que donne la calculatrice
l’arrondi suit la règle de l’article 1er de l’arrêté
la borne imprime un reçu dès que le client touche « Oui »
un client mécontent peut ouvrir une réclamation depuis son espace
le score de risque est compris entre 0 et 100
le carnet d’adresses de l’équipe est importé sans doublon
le taux de satisfaction des clients est recalculé chaque nuit
un message remercie le client de son avis
l’article préféré du mois est mis en avant sur la page
le choix du client entre livraison et retrait est repris sur le bon
la validation d’un devis par le client déclenche un acompte de 30 %
le directeur signe électroniquement le contrat, qui est archivé
un refus du client est daté et motivé
les demandes acceptées passent en vert dans l’agenda
les notes des élèves sont arrondies au demi-point
la décision du jury est notifiée aux candidats
le salarié souhaite un congé : il choisit les dates dans le calendrier
l’avis de la commission est joint au dossier en PDF
deux approbations sont exigées au-delà de 5 000 €
l’écran de validation montre le nom de l’approbateur
la préférence alimentaire du convive figure sur le plan de table
"""

SUBJECTIVE_EN = """
The test does not pass until the owner says whether the screen suits her.
The manager is asked whether the tool suits him, and says yes.
The Client approves the export.
The finance team accepts the result.
The board has approved the dashboard.
The export is approved by the finance director.
The layout was signed off by the head of marketing.
Once approved by management, the module is accepted.
The steering committee signs off the module.
The users find the screen easy to use.
The pilot users are happy with the new screen.
The Client is satisfied with the result.
The warehouse staff like the layout.
The layout suits the accountant.
The dashboard pleases the board.
The result is acceptable to the finance team.
The screen is considered suitable by the users.
The report is deemed satisfactory by the CFO.
The CFO gives the green light.
Acceptance is subject to the approval of the board.
The module goes live after approval by the steering committee.
The feature is delivered subject to the Client’s approval.
The Client confirms that the screen meets its needs.
The management team agrees that the feature is complete.
The Client is of the view that the feature works; the manager thinks that the export is good.
The project sponsor endorses the solution.
The users are convinced that the tool saves time.
The Client considers the export fit for purpose.
The finance team confirms it is pleased with the export.
The accountant receives the export and finds it clear.
You approve the mock-up.
Your team is comfortable with the new interface.
The design has been validated by the key users.
The operations director is content with the performance.
Everyone is happy with the outcome.
The staff prefer the new screen to the old one.
The Client may reject the Feature for any reason.
The feature is accepted when the Client approves it.
The feature shall not be accepted until the board has signed it off.
The nurses rate the usability of the screen.
The store managers judge the quality of the printout.
The Client agrees to the layout.
The appearance of the receipt satisfies the owner.
The screen is useful for the planners in the Client’s opinion.
The test passes with the agreement of the head of finance.
The key users appreciate the speed of the search.
The Client must be happy with the colours.
The head of sales feels that the report is good enough.
The dashboard meets with the approval of the directors.
The interface was found acceptable by the test users.
If the Client does not approve the screen, the Supplier corrects it.
The IT department validates the integration.
The Client’s accountant accepts the export.
The owner believes that the module is ready.
The screen wins the approval of the users.
The work is accepted by the Client’s representative.
Sign-off by the CFO decides on acceptance.
The board, having seen a demonstration, approves the feature.
the finance department declares itself fully satisfied with the module
the head of IT has given her blessing
the interface is a hit with the cashiers
no pilot user complains about the screen
the management committee has no objection
the look of the labels is to the marketing team’s taste
the acceptance certificate is signed by the operations director
the shop managers feel at home with the new screen
the owner finds the label pretty and suitable
we are pleased with the result
the outcome is what the board had in mind
the written consent of the director is obtained
the dashboard receives the endorsement of the steering group
the client believes it has received what it wanted
the sales team have the feeling that they save time
the module wins the support of the teams
the planners prefer the new screen to the old one
the Client reserves the right to refuse the export if it does not like it
the monthly report is approved by the chairwoman
the store manager confirms that all is well
the support team judges the feature ready
following a demonstration, the business endorses the feature
approval by the controller is required
acceptance is contingent on the head office’s go-ahead
it is for management to say whether the result is good
Ms Whitfield approves the look of the labels
the payroll clerk says that the payslip is good
the layout will be submitted to the managing director for approval
the Client’s project manager withdraws her reservations
users give the module a rating of at least 4 out of 5
the screen does not disappoint the sales staff
the warehouse manager finds nothing to complain about
the testers named by the Client recommend going live
the module convinces the department heads
the opinion of the head pharmacist on the screen is favourable
the new rota has the full backing of the nurses
our accountant gives the thumbs up
to the reasonable satisfaction of the client’s head chef
the result is good enough for the finance team
the quality of the photographs is considered adequate by the curator
the store manager takes her hat off to the new screen
the waiters would not go back to the old tool
the shop has no cause for discontent
the sales director welcomes the new dashboard
the screen gets a majority of votes among the sales staff
the report is well thought of by the field teams
the branch director is of the opinion that the migration is complete
the interface speaks to the operators
by the logistics manager’s own account, the tool is ready
having seen the result, the committee decides whether to accept it
the module goes before the board, which rules on it
the IT department puts its stamp on the deliverable
the trainer named by the Client certifies that pupils get used to it
the shop director has confidence in the figures
the assistants see nothing but advantages in it
the opticians find the new screen to their advantage
the pastry chef is proud of the labels
the Client makes no protest
the expert appointed by the Client gives a favourable opinion
the pickers took to the gesture without grumbling
the dashboard is regarded by all as progress
if the manager does not want it, the test has failed
the Client declares the feature fit for service
the residents’ committee rallies to the solution delivered
reading the report wins the director over
the quality manager ticks it off as good
acceptance rests with the Client
eight sales assistants in ten prefer the new screen to the old one
at least 80% of the cashiers say they are satisfied with data entry
a letter of satisfaction from the purchasing team is attached to the certificate
the manager gives her imprimatur to the invoice template
the owner wishes to go on with the tool after the three-month trial
no shop asks to go back to the old software
the average mark that users give the module is above 4 out of 5
the manager confirms that the receipts are as she wished
three department heads in four recommend the screen to their colleagues
Mrs Petty has not asked for a change to the mock-up for ten days
the colour and typeface of the labels are settled by management to its own taste
the foreman reckons by eye that the cut is good
the buyer holds the catalogue to be complete
the user committee meets and votes acceptance
going live has the written backing of two directors
the version shown on 12 March is greeted with enthusiasm by the teams
the director judges case by case whether a defect prevents acceptance
the printed labels are beautiful in the florist’s eyes
none of the five testers has declared himself unhappy
the owner finds orders easy to place
the owner says she will take the version delivered
the finance director approves the total shown without reservation
the Client’s contact ticks “conforming” at the foot of the acceptance sheet
the acceptance sheet is signed without reservation by the head of IT
the Client returns the test sheet marked “accepted”
the monitoring committee lifts acceptance
the screen gets good marks from the sales staff
purchasing leaves it to the director, who says whether the test is good
the product manager lets the version through
the users’ association gives a positive opinion
a majority of shop managers are for it
the Client sees no ground for refusal
the workshop has taken to the screen
the result is what the head chef wished for
"""

SOUND_EN = """
The total shown equals £120.00; nobody need say whether the screen suits them.
The manager is not asked whether the tool pleases her: the file has 12 lines.
No user has to judge whether the screen is nice.
The March export holds 1,250 entries, and its total equals that of the trial balance.
The manager approves the leave request in the app, and its status changes to Approved.
The client may refuse an order without giving a reason, and it becomes “refused”.
The comment left to the inspector’s appreciation is kept in the history.
Clicking “Approve” records the name, date and time.
The customer satisfaction survey is sent within a day.
The customer rates the delivery from 1 to 5 stars, and the average is shown.
The file is accepted by HMRC’s test service without a warning.
Expenses above £500 need the approval of two managers before payment.
The patient accepts the appointment, and the slot disappears from the list.
The user finds the order in under 2 seconds.
The till accepts notes and coins.
The form accepts dates in two formats.
The supervisor signs off the job on the tablet, and the invoice is created.
The customer likes a product, and it appears in the wish list.
After approval by the manager, the leave request appears in the rota.
The screen lists the quotes accepted by the customer.
The approval workflow has three steps.
The teacher grades the essay, and the parents get an e-mail.
The accountant checks that the total is £12,540.00.
The Client runs the twelve tests, all of which pass.
The user accepts the cookies, and the banner disappears.
The director approves the transfer from her phone.
The user confirms the deletion in a dialogue.
The invoice is locked once approved.
The row turns green when the condition is satisfied.
The totals agree with the ledger to the penny.
The Client does not need to approve the screen: the tests decide.
The guest is happy with the room and closes the request.
The system rejects a password of fewer than twelve characters.
A driver may decline a trip, which is then offered to the next one.
The buyer approves the purchase order, and the supplier is notified.
The content of the file is the same as that of the report.
The inspector judges the crack serious, and an alert is sent.
The pharmacist validates the prescription, and the label prints.
The customer agrees to the terms by ticking a box.
The tenant confirms the visit by text message.
A quote that the customer has accepted becomes an order.
The tool validates 500 addresses a minute.
The signature of the director is stored with its date.
The estimate is sent to the customer for approval, and the answer is recorded.
The nurse rejects the delivery of the parcel, and the reason is recorded.
Two partners approve each payment before it is sent to the bank.
The screen looks like the paper form, field by field.
The user would like a receipt: the box prints one.
Whether or not the Client is satisfied, the test passes when the totals are equal.
Even if the Client dislikes the layout, the test passes when the figures are equal.
The claim goes to the insurer once the customer is satisfied with the quote.
The editor rejects the article, which returns to the author.
The file is readable by Excel and LibreOffice.
The head chef approves the recipe, and it is printed.
The search finds the right customer by phone number.
The patient’s consent is recorded with the date.
The curator accepts the loan and the insurance form opens.
The volunteer accepts a shift and it leaves the list.
Members vote, and the count is shown.
Leave is refused when fewer than two colleagues are present.
The parish clerk approves the booking, and the hall calendar shows it.
when the owner clicks “Approve”, the status of the quote becomes “approved”
the end customer signs the delivery note on the tablet and gets a copy
a transfer above £10,000 is sent only after the consent of two signatories
an employee can dispute a clocking, and the manager is told
the average of the reviews left by customers is shown with one decimal
the reason for refusal typed by the approver is kept in the history
the export of confirmed bookings holds the twelve lines of the test set
the practitioner accepts or declines an appointment request from the diary
the buyer approves the purchase request, and the order is created
an order that has waited for approval for three days triggers a reminder
invoices rejected by the tax portal are listed with their reason
a user without the right does not see the approval button
the patient states her satisfaction on a scale of 1 to 10, and the score is stored
the user’s favourite items appear at the top of the list
the customer gives his preferences, and the form stores them
the client’s agreement is attached to the signed quote
the department head validates the stocktake, and the differences are posted
the ten test invoices are accepted by the platform
the system asks for confirmation before an item is deleted
the customer of the bakery chooses a slot and receives a text message
the complaint form is sent to customer service
the accounts team receives the file every Monday at 6 a.m.
the store’s management opens the dashboard from a phone
the evening team closes the till in three steps
a favourable or unfavourable comment is stored with its date
the tenant’s reservations are printed on the inventory
objections typed by the sales rep are listed by date
the satisfaction rate equals that of the reference file
the request is refused if the leave balance is too small
a parent’s consent is required to register a minor
the vet confirms the vaccination, and the reminder is scheduled
the user is told when a password is refused
three approvals close a non-conformity
an unfavourable opinion blocks the shipment of the batch
the auditor opens the file in read-only mode
the temperature agreed with the carrier is printed
the teacher’s appraisal is printed at the foot of the report
the referee sees the score live
the chef rates each supplier, and the list is sorted by rating
the happy-hour price applies from 5 to 7 p.m.
the “Like” button adds a heart under the photo
the waiter sends the order to the kitchen, where it prints
the manager opens the report on her tablet and reads the day’s takings
the sales rep types the prospect’s objection on the record
the preferences screen keeps the language that the user chose
the new screen replaces the old one without retyping
each vote counts once and once only
the list of candidates whom the jury retained is exported as a PDF
the shop director receives the shortage alert by e-mail
a reservation once lifted leaves the list of reservations
the collection agent notes the debtor’s promise to pay
the assistant is offered a replacement item when stock is nil
the works council downloads the yearly report from the portal
management picks the logo printed on the receipt
the export opens in the spreadsheet of the accounts team
the operator sees the temperature turn red above the threshold
the cook strikes out a dish, and it leaves the menu
the nurse scans the patient’s wristband before each treatment
the driver reports a defect, and maintenance is alerted
the instructor enters the level that the pupil has reached
a member may give up a session until two hours before
the landlord’s tacit consent is dated the thirtieth day
the form reminds the engineer of the parts to take
both screens show the same balance
the total computed by the module is what the calculator gives
rounding follows section 3 of the Act
the kiosk prints a receipt as soon as the customer touches “Yes”
an unhappy customer can open a complaint from the account page
the risk score lies between 0 and 100
the team’s address book is imported without duplicates
the customer satisfaction rate is recomputed every night
a message thanks the customer for the review
the favourite item of the month is featured on the page
the customer’s choice between delivery and collection is repeated on the note
a customer’s approval of a quote triggers a 30% deposit
the director signs the contract electronically, and it is archived
a customer’s refusal is dated and reasoned
accepted requests turn green in the diary
pupils’ marks are rounded to the half point
the jury’s decision is notified to the applicants
the employee wishes to take leave and picks the dates in the calendar
the committee’s opinion is attached to the file as a PDF
two approvals are required above £5,000
the approval screen shows the approver’s name
the guest’s dietary preference appears on the table plan
"""


def _lines(text: str, language: Language, *, is_judgement: bool) -> list[tuple[Language, bool, str]]:
    return [(language, is_judgement, line) for line in text.strip().splitlines()]


CASES = [
    *_lines(SUBJECTIVE_FR, "fr", is_judgement=True),
    *_lines(SOUND_FR, "fr", is_judgement=False),
    *_lines(SUBJECTIVE_EN, "en", is_judgement=True),
    *_lines(SOUND_EN, "en", is_judgement=False),
]


@pytest.mark.parametrize(("language", "is_judgement", "text"), CASES)
def test_an_opinion_is_told_from_what_the_software_handles(
    text: str, language: Language, *, is_judgement: bool
) -> None:
    assert bool(judgement.in_test(plain(text), language)) is is_judgement


def test_no_words_are_left_out_of_a_sentence_without_end() -> None:
    """As a judgement behind thousands of other words."""
    text = f"{'chaque vente porte un numéro et ' * 500}le client approuve l'écran"
    assert judgement.find(text, "fr") == "client approuve l’écran"
