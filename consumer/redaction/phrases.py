"""The cues that are known without a policy: phrases by type, separated by bars."""

from typing import Final

from consumer.redaction.span import Kind

STRONG: dict[Kind, str] = {
    Kind.CREDIT_CARD: """
        card number|card numbers|card no|card #|card num|credit card number|debit card number|number on the card|number on your card|
        numbers on the card|numbers on your card|number on the front|numbers on the front|number off the card|long number|
        long card number|sixteen digit number|sixteen digit|sixteen digits|fifteen digit|16 digit|15 digit|16 digits|
        card ending|card ends|account ending in card|ending in|ends in|ends with|ending with|cc number|c c number|cc|my card is|
        the card is|card details|payment card|card that ends|last four of the card|last four of your card|card info|
        card information|p a n|pan number|number of the card|number of your card|visa number|amex number|mastercard number|
        last four digits|last 4 digits|last four|last 4|first four|the next four|first six digits|first four digits|next four digits|
        digits on the card|digits on your card|digits of the card|digits of your card|digits off the card|card digits|numbers of the card|
        number across the|numbers across the|across the middle|across the front|embossed|big number|on the plastic|off this card|off my card|
        off the card|on this card|front of the card|front of your card|card in my hand|card in front of me|maestro number|card number'd|card's|
        twelve digit number|sixteen numbers|sixteen figures
    """,
    Kind.PHONE: """
        phone number|phone numbers|telephone number|mobile number|cell number|cell phone number|cellphone number|contact number|
        callback number|call back number|call-back number|best number|reach you at|reach me at|reach me on|reach you on|
        reach us at|reach them at|reach him at|reach her at|call me at|call me on|call you at|call you on|call you back at|call me back at|
        call me back on|text me at|text me on|text you at|my number is|my number's|new number is|your number is|the number is|that number is|his number is|her number is|their number is|answering at|messages to|phone no|
        text it to|text to|call us at|call us on|call them at|number i can reach|number we can reach|number to reach|number to call|area code|landline|land line|
        fax number|home number|work number|office number|daytime number|evening number|my cell is|my mobile is|my cell's|my mobile's|
        my phone is|whatsapp number|number you are calling from|number you're calling from|digits are|ring me on|reach me|
        number for you|number for me|registered|dial|registered number|registered mobile|
        you can call me at|you can call me on|you can call me back|just call me at|just call me on|just call me back|
        what's your number|what is your number|your number please|have your number|get your number|your number|
        catch me on|catch me at|ring you back|ring me back|ring back on|ring him on|ring her on|
        give us a bell|give me a bell|give us a ring|give me a ring|give me a shout on|phone me on|
        one to call|number to ring|number to dial|number to text|
        number of the line|number of your line|number of my line|number of the phone|number of your phone|number of my phone|
        contact me on|contact me at|ping me on|sms me|on my mobile|on my cell|on my landline|direct line|direct dial|
        callback|call back on|call-back|daytime telephone|what mobile|which mobile|mobile no|cell no|number'd|mobile'd|telephone no
    """,
    Kind.CVV: """
        cvv|cvc|cvv2|cvc2|c v v|c v c|cv code|c v code|cvv code|cvc code|security code|card security code|csc|c s c|
        verification value|card verification|card verification number|three digit code|three digit number|three digit security|
        three digits|3 digits|3 digit code|3 digit number|four digit code on the front|digits on the back|number on the back|
        code on the back|numbers on the back|back of the card|back of your card|back of my card|back of it|signature strip|
        signature panel|on the back|cid|c i d|four digits on the front|security number|
        signature box|signature bar|signature line|by the signature|by your signature|next to the signature|next to your signature|beside the signature|
        on the strip|three on the back|three on the strip|three on the signature|three on the reverse|the back three|last three on the|last three digits|last 3 digits|last three numbers|three numbers|
        three figures|security digits|security figures|security numbers|security three|security code'd|cvv'd|card security|csv code|csc code|cvn|verification digits|verification number|
        c v|cv|cv2|cvv number|cvc number|c v v number|c v number|cv number|
        behind the card|behind your card|reverse of the card|reverse of your card|on the reverse|on the rear|rear of the card|back side|backside|
        round the back|flip it over|flip the card|flip your card|turn the card over|turn your card over|four digits of security|
        4 digit code on the front
    """,
    Kind.CARD_EXPIRY: """
        expiration|expiration date|expiry|expiry date|runs out in|runs out on|run out in|expires|expire|expiring|exp date|exp|valid thru|valid through|valid until|valid till|
        good through|good thru|good until|month and year on|date on the card|date on the front|month and the year|
        it run out|that run out|this run out|it runs out|go out of date|goes out of date|going out of date|good till|good til|valid for|good to|valid to|valid til|valid up to|valid date|validity|thru date|through date|end date|runs out|run out on|
        card run out|expiration month|expiry month|expires end|exp month|month and year|month year|card valid|card good|date of expiry|date of expiration
    """,
    Kind.BANK_ACCOUNT: """
        account number|account numbers|acct number|account no|acct no|acct|account #|account num|checking account number|savings account number|
        bank account number|account is|account's|account ending|account ends|current account number|my account number|account digits|
        account i d|account id|checking number|savings number|
        bank account's|bank account is|bank account no|checking account no|savings account no|current account no|current account's|savings account's|
        checking account's|current account is|savings account is|checking account is|account digits|account no's|account figures|
        figures of your account|figures of the account|digits of your account|digits of the account|a c number|a c no|a slash c|account it should go into|
        account you bank with|account number'd|account to debit
    """,
    Kind.PIN: """
        pin|pin number|pin code|p i n|access code|verification code|one time code|one-time code|one time passcode|one time pin|otp|o t p|security pin|
        code we sent|code i sent|code you received|code that was sent|six digit code|four digit code|four digit pin|passcode|pass code|
        authorization code|authentication code|code they sent|code you sent|telephone pin|phone pin|key code|keycode|door code|gate code|entry code|
        code we texted|code i got|code you got|code we emailed|code that came|code they texted|code in the text|code from the text|texted code|
        sms code|text code|login code|log in code|sign in code|confirmation pin|unlock code|secret number|secret code|security passcode|pass number|
        six digit pin|six digit number|4 digit code|6 digit code|4 digit pin|6 digit pin|four digit number|voicemail code|two factor code|
        one time password|pin'd|pin number'd
    """,
    Kind.DATE_OF_BIRTH: """
        date of birth|birth date|birthdate|birthday|dob|d o b|born on|was born|born in|born|birth|birthday's|were born|my birthday is|
        year of birth|birth year|day of birth|month of birth
    """,
    Kind.NATIONAL_ID: """
        passport number|passport|national id|identity number|identification number|id number|i d number|member id|member number|sin number|
        insurance number|medical record number|patient number|passport no|passport's|national identity|identity card number|id card|
        id card number|i d card|personal id|personal number|identity document|national id number|residence permit|document number
    """,
    Kind.IBAN: "iban|i ban|i b a n|iban number|international bank account",
    Kind.EMAIL: """
        email|e-mail|e mail|email address|emails|mail address|email's|gmail address|spell your email|spell the email|
        spell out your email|spell that email|email id|mail id|e mail id|e-mail id|gmail|gmail id|forward it to|ping it to|
        which inbox|what inbox|whose inbox|inbox would|ping it across to|ping it over to|send that over to|email it to
    """,
    Kind.PASSWORD: """
        password is|password's|password was|my password|your password|passphrase|pass phrase|pass word|passwords|secret word|
        memorable word|memorable phrase|memorable name|memorable place|security word|security answer|security phrase|security password|
        secret answer|passcode word|word you set up|phrase you set up|password you set up|password please|the password|new password|
        old password|temporary password|account password|verbal password|code word|codeword|password|login with|log in with|passkey|
        magic word|safe word|answer to the security question|answer to your security question|answer to my security question|
        use to log in|use to sign in|sign in with|reset the password to|reset my password to|change the password to|change my password to|set the password to|set my password to|
        make the password|memorable information|memorable date|security information|secret phrase|login code|password you|pass code word|magic phrase
    """,
    Kind.PERSON_NAME: """
        name|name is|name's|your name|full name|first name|last name|surname|surnames|middle name|maiden name|family name|given name|
        second name|christian name|name please|name was|whose name|whose account|cardholder name|cardholder's name|
        account holder's name|name on the card|name on the account|name on file|name on the booking|name on the order|
        name on the policy|name as it appears|name of|name of the account holder|name of the cardholder|name of the card holder|
        name of the customer|name of the caller|name of the policy holder|name of the policyholder|name of the patient|under the name|
        booked under|listed under|registered under|filed under|reservation under|booking under|account under|order under|policy under|
        account is under|put me down as|put it down as|put that down as|put down as|got me down as|have me down as|down as|goes by|
        spell|spell your|spell that|spell it|spell the|spell out|spell for me|spell this|spelled|spelt|how you spell|how do you spell|
        how are you spelling|who am i speaking|whom am i speaking|who i'm speaking|who i am speaking|you're speaking with|
        you are speaking with|you're speaking to|you are speaking to|i'm speaking with|i'm speaking to|am i speaking|who am i talking|
        am i talking|who i'm talking|who you are|people call you|folks call you|friends call you|should be under|would be under|
        could be under|might be under|reservation is for|cardholder is|account holder is|policy holder is|policyholder is|patient is|
        caller is|who's this|who's that|who is this|who's calling|who is calling|who's speaking|who is speaking|who's on the line|
        who is on the line|who have i got|who've i got|who do i have|whom do i have|speaking with today|speaking to today|i am called|
        i'm called|they call me|people call me|everyone calls me|call yourself|i address you|we address you|to address you|address you as|who is it for|who's it for|whom should i|
        who should i|who shall i|you can call me|just call me|who am i|whom am i|who are you|who did you|who is it|who was that|
        who was i|who might|who's the account|who is the account|account holder|policy holder|policyholder|cardholder|card holder|
        main contact|contact person|under|who you said|who i have|whom i have|who is on|who's there|who's phoning|who is phoning|
        who's ringing|whose|like to be called|you be called|want to be called|prefer to be called|it's registered to|i call you|
        the pleasure of|in the name of|driver is|passenger is|guest is|payable to|introduce yourself|they call you|you are called|be addressed|you're talking to|you are talking to|you're talking with|you are talking with|
        i'm talking to|i'm talking with|the spelling of|spelling on|the spelling
    """,
    Kind.ADDRESS: """
        my address|your address|our address|that's the address|home address|house address|mailing address|billing address|
        shipping address|delivery address|property address|service address|i live at|we live at|live at|lives at|i live in|living at|
        living in|living over at|staying at|over at|address on file|address we have|address's|address on|addresses|address please|
        address with|where should we ship|where should we send|where should we deliver|where should i send|where should i ship|
        where should i deliver|where do we|where shall we|where shall i|where would you like it|where would you like that|
        where would you like this|where would you like us|where do you want it|where do you want that|where do you want this|
        where do you want us|where are we sending|where are we shipping|where are we delivering|where can i send|where can we|
        where am i sending|where is it going|where's it going|where it's going|where this is going|meant to go|supposed to go|
        want it sent|want that sent|want it delivered|want it shipped|like it sent|like it delivered|like it shipped|like that sent|
        like this sent|which address|confirm the address|verify the address|address for the account|address for delivery|
        address for the delivery|current address|residential address|new address|old address|postal address|i live on|we live on|
        live on|living on|address for you|i'm at|we're at|reside at|residing at|reside|moved to|moving to|moved into|
        address on the account|address you have|ship it to|send it to|deliver it to|deliver to|delivered to|ship to|shipping to|send to|
        sent to|mail it to|send that to|send them to|send this to|ship that to|ship them to|ship this to|sending it to|drop it to|
        drop it off at|drop it at|drop it round to|drop it over to|drop it round|bring it to|come to|come out to|address of record|
        where do you live|where you live|where i live|where we live|where you living|whereabouts|where are you living|
        where you're living|what street|which street|street do you live on|you live on|street name|street and number|street please|
        street number|house number|house and street|the house is|the house's|our house is|my house is|my flat is|door number|
        building number|street address please|your street address|my street address|physical address|my home is|i'm located at|
        we're located at|previous address|full address|correspondence address|i'm based at|we're based at|based at|premises|
        where you're located|where are you located|where you located|where you're based|where are you based|i stay at|we stay at|
        our office is at|my office is at|our shop is at|package sent|package delivered|parcel sent|parcel delivered|send it to me at|
        send that to me at|ship it to me at|send them to me at|send it over to|ship it over to|deliver it over to|address i have|
        address i've|address you've|address would be|address should be|right address|correct address|same address|this address|
        where should it go|where should that go|where should this go|line of the address|line of your address|line of my address|
        needs to go to|address there|what address should|what address do|what address would|what address is|what address are|
        live over on|live over at|living over on|post it to|send it out to|send that out to|send one out to|send someone out to|
        someone out to|somebody out to|technician out to|where's home|where is home|where does it|where does that|where does this|
        where will that|where should i|address again|take the address|take an address|need an address|need the address|
        take down the address|get an address|which property|property is at|address to send|where to send|where to deliver|where to ship|
        where it should|where that should|where it needs|where you want|where you'd like|where do i send|where do i ship|
        the property is|address of the property|address of my|shipped to|mail goes to|mail goes out to|post goes to|letters to|letters go to|
        my mail to|our mail to|my post to|i'm now at|we're now at|flat's at|flat is at|house is at|house's at|home is at|home's at|
        your residence|my residence|statements to|moved house
    """,
    Kind.NUMBER: "customer number|customer id|membership number|loyalty number|frequent flyer|employee id|employee number|policy number",
}
WEAK: dict[Kind, str] = {
    Kind.CREDIT_CARD: "card|cards|credit card|debit card|visa|mastercard|amex|american express|maestro",
    Kind.PHONE: "phone|mobile|cell|telephone|fax|office|desk|tel|cellphone|cell phone|call me|text me|contact me|whatsapp|number please|ring|bell|landline's|handset|call you back|call me back|call you|ring you|ring me|reach you|reach me|contact you|phone you|text you",
    Kind.BANK_ACCOUNT: "account|bank account|checking account|savings account|direct deposit|wire|current account|passbook|standing order",
    Kind.NATIONAL_ID: "id",
    Kind.PIN: "code|codes",
}
NEGATIVE: Final = """
    order number|order numbers|order id|order #|order|tracking number|tracking|tracking id|ticket number|ticket|invoice number|
    invoice|amount|confirmation number|confirmation code|confirmation|reference number|reference|reference code|ref number|case number|case id|claim number|
    claim|booking number|booking reference|booking|reservation number|reservation|transaction id|transaction number|model number|serial number|
    part number|item number|product number|product code|sku|upc|isbn|flight number|extension|quantity|balance|total|price|cost|po number|
    purchase order|work order|job number|meter reading|meter|number of people|number of|score|parcel number|parcel|shipment|package|
    store number|gate number|room number|page number|catalog number|vin|lot number|batch number|promo code|coupon code|coupon|discount code|
    voucher|gift code|location code|error code|build number|version number|case|incident number|incident|request number|service number|quote number|
    odometer|mileage|square feet|square foot|points|miles|followers|views|population|
    order ref|order reference|order no|consignment|consignment number|docket|docket number|delivery note|delivery number|dispatch number|despatch number|
    waybill|airway bill|receipt|receipt number|complaint|complaint number|complaint reference|complaint id|enquiry number|inquiry number|
    log number|locator|record locator|p n r|pnr|booking ref|booking code|booking id|case ref|case no|ticket no|ticket id|ticket reference|invoice no|
    tracking no|tracking code|tracking reads|reference no|ref no|ref|refs|job no|job reference|quote reference|quote id|quotation|
    rma|r m a|queue number|token number|seat number|flight no|
    article number|stock number|stock code|barcode|bar code|engine number|chassis number|registration mark|imei|
    meter number|meter point|serial no|serial|model no|part no|item no|item code|product id|product no|version|build|release|
    issue number|issue id|request id|request no|transaction reference|transaction no|transaction code|payment reference|statement number|cheque number|check number|
    agreement number|installation number|engineer visit|appointment number|appointment id|referral number|
    petition number|permit number|licence plate|license plate|locker number|locker|bin number|
    platform number|bay number|aisle number|error number|error|fault code|fault number|
    charged me|charging me|billed me|overcharged|went up from|went up to|refunded me|owe me|pressure was|pressure is|heart rate|
    speed test|temperature|thermostat|how many|how fast|what size|which size|what speed|scale of
"""
NONE: Final = """
    number of the|number of your|number of my|number of that|number of this|number of our|
    social media|social worker|social services|social club|email confirmation|confirmation email|receive an email|get an email|credit cards|
    business card|gift cards|by phone|over the phone|phone call|phone calls|on the phone|phone bill|phone plan|cell phones|new phone|in order to|
    receive an e-mail|get an e-mail|send an email|send an e-mail|send me an email|send you an email|send out an email|sent an email|sent you an email|sent me an email|got an email|had an email|an email from|an email saying|an email with|an email to|an email confirmation|email we sent|email i sent|email you sent|email we've|email i've|email you got|email you received|email i got|email i received|in the email|in that email|in your email|email from|the emails|by email|via email|email shortly|will email you|can email you|i'll email you|we'll email you|to email you|we email you|they email you|email you a|email you the|email you that|email you when|email you once|email you with|emailed|name a|a name|by the name of|goes by the name|name of the|name of a|name of your|name of our|name of that|name of this|company name|business name|brand name|user name|file name|domain name|product name|hotel name|restaurant name|the name of the|pet name|name one|name some|in the name of the|a good name|big name|household name|name and shame|sim card|report card|post card|call center|office hours|
    reset my password|reset your password|forgot my password|forgot your password|change my password|change your password|password reset|
    reset the password|my passport expired|total of|case of|in case|just in case|in any case|in that case|in total|sort of|sort it|sort that|sort this|sort out|
    pin it|pin down|first name basis|is the number of|exp ert|send it to me|send it to you|send to you|sent to you|sent to me|moved to a|over at the|come to you|come to me|come to the|come to a|moving to a|email address is not|address that|address the|address it|ip address|i p address|over at your|sent to the|sent to a|sent to an|send to the|send to a|no balance|lower case|upper case|lower-case|upper-case|file name|spell check|who should i speak|address your|address my|address an
"""
